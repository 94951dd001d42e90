namespace LettaDr.Systems;

/// <summary>The files in a scheduler's folder that are ours.</summary>
internal static class ScheduleFolder
{
    /// <summary>A file of ours.</summary>
    /// <param name="Path">Where it is.</param>
    /// <param name="Mark">What it says of itself.</param>
    /// <param name="IsUnchanged">Whether nobody changed it.</param>
    internal sealed record Found(string Path, ScheduleMark Mark, bool IsUnchanged);

    /// <summary>All files of ours; none where there is no folder.</summary>
    public static IReadOnlyList<Found> List(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "lettadr-*").Order(StringComparer.Ordinal).Select(Read).OfType<Found>()]
        : [];

    /// <summary>Makes the folder hold these files of a plan, and no others of it.</summary>
    /// <returns>Whether anything changed.</returns>
    /// <exception cref="LettaDrException">A file there is not ours, or was changed by hand; nothing was written.</exception>
    public static bool Write(string folder, string planPath, DrScheduler scheduler, IReadOnlyList<DrScheduleFile> files, bool force)
    {
        var gone = Gone(folder, planPath, scheduler, files, force);
        var changed = files.Where(file => !File.Exists(file.Path) || File.ReadAllText(file.Path) != file.Content).ToList();
        Guarded(folder, () =>
        {
            Directory.CreateDirectory(folder);
            changed.ForEach(Write);
            gone.ToList().ForEach(found => File.Delete(found.Path));
        });
        return changed.Count + gone.Count > 0;
    }

    /// <summary>The files of a plan that these take the place of, and are no longer wanted.</summary>
    /// <exception cref="LettaDrException">A file there is not ours, or was changed by hand.</exception>
    public static IReadOnlyList<Found> Gone(
        string folder, string planPath, DrScheduler scheduler, IReadOnlyList<DrScheduleFile> files, bool force)
    {
        var old = List(folder).Where(found => found.Mark.PlanPath == planPath && found.Mark.Scheduler == scheduler).ToList();
        foreach (var file in files.Where(file => File.Exists(file.Path) && !force && Read(file.Path) is null))
        {
            throw NotOurs(file.Path);
        }

        Check(old, force);
        return [.. old.Where(found => files.All(file => file.Path != found.Path))];
    }

    /// <summary>Removes files of ours.</summary>
    /// <exception cref="LettaDrException">One was changed by hand; nothing was removed.</exception>
    public static void Remove(string folder, IReadOnlyList<Found> files, bool force)
    {
        Check(files, force);
        Guarded(folder, () => files.ToList().ForEach(found => File.Delete(found.Path)));
    }

    /// <summary>Refuses to touch what was changed by hand.</summary>
    public static void Check(IEnumerable<Found> files, bool force)
    {
        if (!force && files.FirstOrDefault(found => !found.IsUnchanged) is { } edited)
        {
            throw new LettaDrException(
                "ScheduleFileChanged", FaultKind.AlreadyExists, $"The file {edited.Path} was changed by hand since it was written.",
                "Keep what is needed of it, then give -Force.", edited.Path);
        }
    }

    private static Found? Read(string path) => ScheduleMark.Of(File.ReadAllText(path)) is { } known ? new Found(path, known.Mark, known.IsUnchanged) : null;

    private static void Write(DrScheduleFile file)
    {
        // systemd and cron read what others may read, and cron nothing that others may write (cron(8)). A dot hides the half-written from both.
        var temporary = Path.Combine(Path.GetDirectoryName(file.Path)!, $".{Path.GetFileName(file.Path)}.{Guid.NewGuid():N}");
        File.WriteAllText(temporary, file.Content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        File.Move(temporary, file.Path, overwrite: true);
    }

    private static void Guarded(string folder, Action work)
    {
        try
        {
            work();
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new LettaDrException(
                "ScheduleFolderNotWritable", FaultKind.PermissionDenied, $"Files in {folder} may not be written or removed.",
                "Run as root, or have the files printed by -Print and put there.", folder, denied);
        }
    }

    private static LettaDrException NotOurs(string path) => new(
        "ScheduleFileNotOurs", FaultKind.AlreadyExists, $"The file {path} was not written by LettaDr.", "Move it away, or give -Force to replace it.", path);
}
