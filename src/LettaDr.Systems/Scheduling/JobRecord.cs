using System.Text.Json;

namespace LettaDr.Systems;

/// <summary>What is remembered of a plan's job on this machine: its newest run, and a lock while it runs.</summary>
/// <param name="folder">The folder of records.</param>
/// <param name="plan">The plan's name.</param>
/// <param name="planPath">The plan file.</param>
/// <param name="job">The job.</param>
/// <param name="warn">Tells what keeps a record from being written.</param>
internal sealed class JobRecord(string folder, string plan, string planPath, DrJob job, Action<string>? warn = null)
{
    private readonly string _base = Path.Combine(folder, $"{ScheduleName.Of(plan, planPath)}-{ScheduleName.Of(job)}");

    /// <summary>This user's own folder of records.</summary>
    public static string Folder => LocalState.Folder("schedules");

    /// <summary>The newest run; null when there was none.</summary>
    public DrJobRun? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(_base + ".json"), ScheduleJson.Default.DrJobRun);
        }
        catch (Exception missing) when (missing is JsonException or IOException)
        {
            // A record that cannot be read tells of no run; then the job is due.
            return null;
        }
    }

    /// <summary>Remembers a run.</summary>
    /// <returns>Whether it could be written: the record must cost neither the job nor the alert.</returns>
    public bool Write(DrJobRun run)
    {
        try
        {
            DurableFiles.WriteAtomically(_base + ".json", JsonSerializer.SerializeToUtf8Bytes(run, ScheduleJson.Default.DrJobRun));
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            warn?.Invoke($"The record of {job} of {plan} could not be written: {failure.Message}");
            return false;
        }
    }

    /// <summary>Keeps other runs of the same job away; null when one is under way.</summary>
    /// <exception cref="LettaDrException">There is no lock, and none can be made.</exception>
    public IDisposable? TryLock()
    {
        try
        {
            if (!Directory.Exists(folder))
            {
                DurableFiles.CreateDirectory(folder);
            }

            return DirectoryLock.Acquire(_base + ".lock", folder, plan, job.ToString(), mayBeReadOnly: true);
        }
        catch (LettaDrException busy) when (busy.Kind == FaultKind.Busy)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LettaDrException(
                "JobLockNotMade", FaultKind.OperationFailed,
                $"{job} of {plan} was not run, for nothing could keep a second run away from it: {failure.Message.TrimEnd('.')}.",
                $"Let this user write in {folder}.", folder, failure);
        }
    }
}
