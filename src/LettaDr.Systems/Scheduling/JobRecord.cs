using System.Text.Json;

namespace LettaDr.Systems;

/// <summary>What is remembered of a plan's job on this machine: its newest run, and a lock while it runs.</summary>
internal sealed class JobRecord(string folder, string plan, string planPath, DrJob job)
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
    public void Write(DrJobRun run) => DurableFiles.WriteAtomically(_base + ".json", JsonSerializer.SerializeToUtf8Bytes(run, ScheduleJson.Default.DrJobRun));

    /// <summary>Keeps other runs of the same job away; null when one is under way.</summary>
    public IDisposable? TryLock()
    {
        DurableFiles.CreateDirectory(folder);
        try
        {
            return DirectoryLock.Acquire(_base + ".lock", folder, plan, job.ToString());
        }
        catch (LettaDrException busy) when (busy.Kind == FaultKind.Busy)
        {
            return null;
        }
    }
}
