namespace LettaDr.Systems;

/// <summary>
/// Notes of the containers that recovery tests kill in deployments, an empty file each. Docker takes one that was killed through it for
/// one that was stopped by hand, so that no restart policy starts it: if the test's process dies meanwhile, only who finds the note does.
/// </summary>
internal sealed class DrTestNotes(string folder)
{
    /// <summary>Those of this user.</summary>
    public static DrTestNotes Local => new(LocalState.Folder("drill-kills"));

    /// <summary>Whether a process has died that left notes.</summary>
    public bool AnyLeft => Left().Any();

    /// <summary>Notes that this process is about to kill a container.</summary>
    /// <exception cref="LettaDrException">The note cannot be written.</exception>
    public void Add(string container)
    {
        try
        {
            DurableFiles.CreateDirectory(folder);
            DurableFiles.WriteAtomically(PathOf(container), []);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new LettaDrException(
                "DrTestNoteNotWritten", FaultKind.OperationFailed,
                $"What is to be killed cannot be noted, and nobody would start it if this process died: {unwritable.Message.TrimEnd('.')}.",
                $"Make room for {folder}, or let this user write there.", folder, unwritable);
        }
    }

    /// <summary>Removes the note of a container that runs again.</summary>
    public void Remove(string container) => Remove(new FileInfo(PathOf(container)));

    /// <summary>Starts what tests have killed whose process died. What does not start is warned of, and left to the next.</summary>
    public async Task StartLeftAsync(DockerEngine engine, IOperationObserver observer, CancellationToken cancellationToken)
    {
        foreach (var note in Left())
        {
            var container = note.Name.Split('~')[1];
            try
            {
                await engine.Containers.StartAsync(container, cancellationToken).ConfigureAwait(false);
                observer.Warning($"The container {container} was started again: a recovery test had killed it and died.");
                Remove(note);
            }
            catch (LettaDrException gone) when (gone.Kind == FaultKind.NotFound)
            {
                Remove(note);
            }
            catch (LettaDrException failure)
            {
                observer.Warning(
                    $"The container {container}, killed by a recovery test that died, does not start: {failure.Message} {failure.Remedy}");
            }
        }
    }

    private static void Remove(FileInfo note)
    {
        try
        {
            note.Delete();
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // Whoever finds it later starts what runs already, which changes nothing.
        }
    }

    private List<FileInfo> Left() => !Directory.Exists(folder) ? []
        : [.. new DirectoryInfo(folder).EnumerateFiles("*~*").Where(note => ProcessOwner.IsDead(note.Name.Split('~')[0]))
            .OrderBy(note => note.LastWriteTimeUtc)];

    private string PathOf(string container) => Path.Combine(folder, $"{ProcessOwner.Own}~{container}");
}
