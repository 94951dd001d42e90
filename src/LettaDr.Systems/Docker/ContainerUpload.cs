namespace LettaDr.Systems;

/// <summary>
/// Folders and files on their way into a throw-away container as one archive, which one program unpacks there. Content passes through
/// without being held. Docker could unpack it too, but drops the connection instead of telling what failed, as a full disk.
/// </summary>
/// <param name="container">Where to.</param>
/// <param name="folder">What is above all of them; it is there.</param>
/// <param name="owner">User and group by number of all of them.</param>
/// <param name="cancellationToken">Stops it.</param>
internal sealed class ContainerUpload(ScratchContainer container, string folder, int owner, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly ContainerInput _archive = new(tar => container.UnpackAsync(folder, tar, $"{owner}:{owner}", cancellationToken));
    private bool _incomplete;

    /// <summary>Adds a folder, by its name below the one above all.</summary>
    public void AddFolder(string name) => _archive.Write(TarHeader.OfFolder(name, owner));

    /// <summary>Adds a file, in a folder that has been added.</summary>
    /// <returns>Where its content is to be written; closed before anything else is added.</returns>
    public Stream AddFile(string name, long length)
    {
        ThrowIfIncomplete();
        _archive.Write(TarHeader.OfFile(name, length, owner));
        _incomplete = true;
        return new File(this, length, TarHeader.Padding(length));
    }

    /// <summary>Ends the archive, and waits until all of it is there.</summary>
    /// <exception cref="LettaDrException">The container did not take it.</exception>
    public async Task CompleteAsync()
    {
        ThrowIfIncomplete();
        _archive.Write(new byte[2 * TarHeader.Block]);
        await _archive.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Gives it up where it is not complete: that has been told.</summary>
    public async ValueTask DisposeAsync() =>
        await _archive.DisposeAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void ThrowIfIncomplete()
    {
        if (_incomplete)
        {
            throw new EndOfStreamException("A file's content ended before its announced length.");
        }
    }

    private sealed class File(ContainerUpload upload, long left, int padding) : WriteOnlyStream
    {
        private long _left = left;
        private bool _closed;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(buffer.Length, _left, nameof(buffer));
            upload._archive.Write(buffer);
            _left -= buffer.Length;
        }

        protected override void Dispose(bool disposing)
        {
            if (!_closed && _left == 0)
            {
                upload._archive.Write(new byte[padding]);
                upload._incomplete = false;
            }

            _closed = true;
        }
    }
}
