namespace LettaDr.Systems;

/// <summary>A file of a set: compressed if its name says so, hashed as stored, and handed over, open still, to be put on the disk.</summary>
internal sealed class SetFileStream : WriteOnlyStream
{
    private const int BufferSize = 128 * 1024;

    private readonly string _name;
    private readonly Action<BackupFile, FileStream> _onClosed;
    private readonly Func<IOException, Exception> _translate;
    private readonly FileStream _file;
    private readonly HashingStream _hashing;
    private readonly ZstdFrameStream? _compression;
    private bool _failed;
    private bool _handedOver;
    private bool _disposed;

    public SetFileStream(
        string path, string name, int compressionLevel, Action<BackupFile, FileStream> onClosed, Func<IOException, Exception> translate)
    {
        (_name, _onClosed, _translate) = (name, onClosed, translate);
        _file = DurableFiles.Create(path, BufferSize);
        _hashing = new HashingStream(_file);
        if (name.EndsWith(".zst", StringComparison.Ordinal) && compressionLevel != IBackupSetWriter.Compressed)
        {
            _compression = new ZstdFrameStream(_hashing, compressionLevel);
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            ((Stream?)_compression ?? _hashing).Write(buffer);
        }
        catch (IOException failure)
        {
            _failed = true;
            throw _translate(failure);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing || _disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            if (!_failed)
            {
                _compression?.Complete();
                _file.Flush();
                var stored = new BackupFile(_name, _file.Length, _hashing.Digest());
                _handedOver = true;
                _onClosed(stored, _file);
            }
        }
        catch (IOException failure)
        {
            _failed = true;
            throw _translate(failure);
        }
        finally
        {
            _compression?.Dispose();
            _hashing.Dispose();
            if (!_handedOver)
            {
                CloseFile();
            }
        }
    }

    private void CloseFile()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException) when (_failed)
        {
            // The write that failed has been told; closing tries its rest again and fails likewise.
        }
    }
}
