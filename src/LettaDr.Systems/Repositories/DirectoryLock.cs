using System.Globalization;

namespace LettaDr.Systems;

/// <summary>
/// Keeps a second writer out. The operating system drops the lock with the process that holds it, so a dead one's is no obstacle;
/// the file's text only tells who holds it.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <param name="path">The file that is locked.</param>
    /// <param name="location">What it keeps others out of, for people.</param>
    /// <param name="deployment">The deployment.</param>
    /// <param name="operation">What it is locked for.</param>
    /// <param name="mayBeReadOnly">Whether a file that is there is locked though it cannot be written to.</param>
    public static DirectoryLock Acquire(string path, string location, string deployment, string operation, bool mayBeReadOnly = false)
    {
        FileStream file;
        try
        {
            file = Open(path, mayBeReadOnly);
        }
        catch (IOException held) when (File.Exists(path) && IsSharingViolation(held))
        {
            throw RepositoryFaults.Locked(location, deployment, Holder(path));
        }

        Sign(file, operation);
        return new DirectoryLock(file);
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path, bool mayBeReadOnly)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception denied) when (mayBeReadOnly && (denied is IOException or UnauthorizedAccessException)
            && !IsSharingViolation(denied) && File.Exists(path))
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0);
        }
    }

    private static void Sign(FileStream file, string operation)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{operation} by process {Environment.ProcessId} on {Environment.MachineName} since {DateTimeOffset.UtcNow:u}");
        try
        {
            file.SetLength(0);
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }
        catch (Exception unwritable) when (unwritable is IOException or NotSupportedException)
        {
            // A full disk, or one that cannot be written to: it is locked, and only does not say by whom.
        }
    }

    private static string Holder(string path)
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString(DurableFiles.ReadLocked(path, limit: 512));
        }
        catch (IOException)
        {
            return "its holder cannot be read";
        }
    }

    // EWOULDBLOCK of flock on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.
    private static bool IsSharingViolation(Exception failure) => failure.HResult is 11 or 35 or unchecked((int)0x80070020);
}
