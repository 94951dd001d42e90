using System.Buffers.Text;
using System.Text;

namespace LettaDr.Systems;

/// <summary>
/// The standard error of a program started by <see cref="DockerExec"/>. Among its first lines is the process number that the
/// starting shell wrote, and which is taken out; of the rest the last 64 KB are kept.
/// </summary>
internal sealed class ExecErrorText
{
    private const int Limit = 64 * 1024;
    private const int SearchLimit = 4 * 1024;
    private readonly TaskCompletionSource<int?> _processNumber = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemoryStream _bytes = new();

    /// <summary>What the shell writes before its process number, on a line of their own.</summary>
    public const string Mark = "lettadr-process:";

    /// <summary>The process number inside the container; null when the stream ended without one.</summary>
    public Task<int?> ProcessNumber => _processNumber.Task;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        if (!_processNumber.Task.IsCompleted)
        {
            TakeProcessNumber();
        }

        if (_bytes.Length > 2 * Limit)
        {
            Remove(0, (int)_bytes.Length - Limit);
        }
    }

    public void Complete() => _processNumber.TrySetResult(null);

    public override string ToString()
    {
        var excess = (int)Math.Max(0, _bytes.Length - Limit);
        return Encoding.UTF8.GetString(_bytes.GetBuffer(), excess, (int)_bytes.Length - excess);
    }

    /// <summary>A shell may complain of its locale before it runs anything, so the line need not be the first.</summary>
    private void TakeProcessNumber()
    {
        var all = _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);
        var start = all.IndexOf(Encoding.ASCII.GetBytes(Mark));
        var length = start < 0 ? -1 : all[start..].IndexOf((byte)'\n');
        if (length >= 0 && Utf8Parser.TryParse(all.Slice(start + Mark.Length, length - Mark.Length), out int number, out _))
        {
            _processNumber.TrySetResult(number);
            Remove(start, length + 1);
        }
        else if (start < 0 && all.Length > SearchLimit)
        {
            _processNumber.TrySetResult(null);
        }
    }

    private void Remove(int start, int count)
    {
        var all = _bytes.GetBuffer();
        var rest = (int)_bytes.Length - start - count;
        Buffer.BlockCopy(all, start + count, all, start, rest);
        _bytes.SetLength(start + rest);
    }
}
