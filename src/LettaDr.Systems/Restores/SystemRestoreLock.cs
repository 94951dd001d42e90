namespace LettaDr.Systems;

/// <summary>Keeps a second restore of the same system away; a dead process's lock is no obstacle.</summary>
internal static class SystemRestoreLock
{
    /// <exception cref="LettaDrException">Another process restores it; the message tells which.</exception>
    public static IDisposable Take(string deployment)
    {
        var folder = LocalState.Folder("locks");
        DurableFiles.CreateDirectory(folder);
        return DirectoryLock.Acquire(
            Path.Combine(folder, $"restore-{RepositoryName.Encode(deployment)}"), folder, deployment, "Restore-LettaSystem");
    }
}
