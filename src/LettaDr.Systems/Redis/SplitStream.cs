using System.Globalization;
using System.Text;

namespace LettaDr.Systems;

/// <summary>
/// Files that come in one stream are written to where each belongs: first a line "size name" of each and an empty line, then their
/// contents, one behind the other.
/// </summary>
/// <param name="create">Makes the target of a file by its name and size; it is closed when it is full.</param>
internal sealed class SplitStream(Func<string, long, Stream> create) : WriteOnlyStream
{
    private readonly List<byte> _list = [];
    private readonly List<(string Name, long Size)> _files = [];
    private bool _isListed;
    private int _next;
    private long _left;
    private Stream? _target;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        buffer = buffer[List(buffer)..];
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

    /// <summary>The files, if every one has come whole, else null; the empty ones at the end are made now.</summary>
    public IReadOnlyList<(string Name, long Size)>? Complete()
    {
        Advance();
        return _isListed && _target is null ? _files : null;
    }

    protected override void Dispose(bool disposing) => CloseTarget();

    /// <summary>Takes what is left of the list; returns the bytes used.</summary>
    private int List(ReadOnlySpan<byte> buffer)
    {
        var used = 0;
        while (!_isListed && used < buffer.Length)
        {
            _list.Add(buffer[used++]);
            _isListed = _list is [.., (byte)'\n', (byte)'\n'] or [(byte)'\n'];
        }

        if (used > 0 && _isListed)
        {
            foreach (var line in Encoding.UTF8.GetString([.. _list]).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var words = line.Split(' ', 2);
                _files.Add((words[1], long.Parse(words[0], CultureInfo.InvariantCulture)));
            }
        }

        return used;
    }

    /// <summary>To the file that the next byte belongs to.</summary>
    private void Advance()
    {
        while (_left == 0)
        {
            CloseTarget();
            if (_next == _files.Count)
            {
                return;
            }

            (var name, _left) = _files[_next++];
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
