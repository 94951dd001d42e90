namespace LettaDr.Systems;

/// <summary>Files that come in one stream, one behind the other, are written to where each belongs.</summary>
/// <param name="files">Their names and exact sizes, in the order in which they come.</param>
/// <param name="create">Makes the target of one; it is closed when it is full.</param>
internal sealed class SplitStream(IReadOnlyList<(string Name, long Size)> files, Func<string, long, Stream> create) : WriteOnlyStream
{
    private int _next;
    private long _left;
    private Stream? _target;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            Advance();
            if (_target is null)
            {
                throw new InvalidDataException("There is more than the files that were asked for.");
            }

            var count = (int)Math.Min(_left, buffer.Length);
            _target.Write(buffer[..count]);
            _left -= count;
            buffer = buffer[count..];
        }
    }

    /// <summary>Whether every file has come whole; the empty ones at the end are made now.</summary>
    public bool Complete()
    {
        Advance();
        return _target is null;
    }

    protected override void Dispose(bool disposing) => CloseTarget();

    /// <summary>To the file that the next byte belongs to.</summary>
    private void Advance()
    {
        while (_left == 0)
        {
            CloseTarget();
            if (_next == files.Count)
            {
                return;
            }

            (var name, _left) = files[_next++];
            _target = create(name, _left);
        }
    }

    private void CloseTarget()
    {
        var target = _target;
        _target = null;
        target?.Dispose();
    }
}
