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

    public static DirectoryLock Acquire(string path, string location, string deployment, string operation)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (File.Exists(path) && IsSharingViolation(held))
        {
            throw RepositoryFaults.Locked(location, deployment, Holder(path));
        }

        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{operation} by process {Environment.ProcessId} on {Environment.MachineName} since {DateTimeOffset.UtcNow:u}");
        file.SetLength(0);
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        file.Flush();
        return new DirectoryLock(file);
    }

    public void Dispose() => _file.Dispose();

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
    private static bool IsSharingViolation(IOException failure) => failure.HResult is 11 or 35 or unchecked((int)0x80070020);
}
