using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LettaDr.Systems;

/// <summary>Makes what was written survive a power cut.</summary>
internal static partial class DurableFiles
{
    private const int OpenReadOnly = 0;

    // A set can hold keys in plain text (letta's *_enc columns without a key): nobody but the owner and its group reads it.
    private const UnixFileMode FileMode640 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    private const UnixFileMode DirectoryMode750 = FileMode640 | UnixFileMode.UserExecute | UnixFileMode.GroupExecute;

    /// <summary>Makes a directory, and those above it, that others cannot look into.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, DirectoryMode750);
        }
    }

    /// <summary>Makes a new file that others cannot read.</summary>
    public static FileStream Create(string path, int bufferSize = 4096) => Create(path, bufferSize, FileMode640);

    /// <summary>Makes a new file that its owner alone can read.</summary>
    public static FileStream CreatePrivate(string path) => Create(path, 4096, UnixFileMode.UserRead | UnixFileMode.UserWrite);

    /// <summary>Opens a file that a program has written, to be read and put on the disk; from then on others cannot read it.</summary>
    public static FileStream OpenWritten(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, FileMode640);
        }

        return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
    }

    private static FileStream Create(string path, int bufferSize, UnixFileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = bufferSize,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        return new FileStream(path, options);
    }

    /// <summary>Writes a small file whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written, or there is such a file that is not to be overwritten.</exception>
    public static void WriteAtomically(string path, ReadOnlySpan<byte> content, bool overwrite = true)
    {
        var bytes = content.ToArray();
        WriteAtomically(path, file => file.Write(bytes), overwrite);
    }

    /// <summary>Writes a file whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="overwrite">Whether one that is there is replaced; else it is an <see cref="IOException"/>, at the last moment too.</param>
    /// <param name="forEveryone">Whether others may read it: for what programs of other users read.</param>
    public static void WriteAtomically(string path, Action<Stream> write, bool overwrite, bool forEveryone = false)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = Create(temporary))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            if (forEveryone && !OperatingSystem.IsWindows())
            {
                // Not at its creation: the process's mask would take rights away again.
                File.SetUnixFileMode(temporary, FileMode640 | UnixFileMode.OtherRead);
            }

            File.Move(temporary, path, overwrite);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>
    /// Puts a directory's entries on the disk: without it a renamed file may be gone after a power cut (fsync(2)). .NET cannot
    /// open directories; on Windows, renames are journalled.
    /// </summary>
    public static void SyncDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(path, OpenReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"The directory {path} cannot be opened to flush it.", Marshal.GetLastPInvokeError());
        }

        // Some network file systems refuse fsync on directories (EINVAL); they give no stronger promise.
        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    /// <summary>
    /// Reads the beginning of a small file that another process has locked: .NET's own way to open asks for a lock (flock(2)) first.
    /// </summary>
    public static byte[] ReadLocked(string path, int limit)
    {
        using var handle = OperatingSystem.IsWindows()
            ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)
            : new SafeFileHandle(Open(path, OpenReadOnly), ownsHandle: true);
        if (handle.IsInvalid)
        {
            throw new IOException($"The file {path} cannot be opened.", Marshal.GetLastPInvokeError());
        }

        var buffer = new byte[limit];
        return buffer[..RandomAccess.Read(handle, buffer, 0)];
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
