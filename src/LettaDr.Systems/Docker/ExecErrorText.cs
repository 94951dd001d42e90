using System.Globalization;
using System.Text;

namespace LettaDr.Systems;

/// <summary>
/// The standard error of a program started by <see cref="DockerExec"/>: its first line is the process number that the starting
/// shell wrote; of the rest the last 64 KB are kept.
/// </summary>
internal sealed class ExecErrorText
{
    private const int Limit = 64 * 1024;
    private readonly TaskCompletionSource<int?> _processNumber = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemoryStream _bytes = new();
    private bool _firstLineSeen;

    /// <summary>The process number inside the container; null when the stream ended without one.</summary>
    public Task<int?> ProcessNumber => _processNumber.Task;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        if (!_firstLineSeen)
        {
            TakeFirstLine();
        }
        else if (_bytes.Length > 2 * Limit)
        {
            KeepLast(Limit);
        }
    }

    public void Complete() => _processNumber.TrySetResult(null);

    public override string ToString()
    {
        if (_bytes.Length > Limit)
        {
            KeepLast(Limit);
        }

        return Encoding.UTF8.GetString(_bytes.GetBuffer(), 0, (int)_bytes.Length);
    }

    private void TakeFirstLine()
    {
        var all = _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);
        var end = all.IndexOf((byte)'\n');
        if (end < 0)
        {
            return;
        }

        _firstLineSeen = true;
        var line = Encoding.ASCII.GetString(all[..end]);
        if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            _processNumber.TrySetResult(number);
            KeepLast((int)_bytes.Length - end - 1);
        }
        else
        {
            // No shell in the image: what came is the engine's own complaint, and stays.
            _processNumber.TrySetResult(null);
        }
    }

    private void KeepLast(int count)
    {
        var all = _bytes.GetBuffer();
        Buffer.BlockCopy(all, (int)_bytes.Length - count, all, 0, count);
        _bytes.SetLength(count);
    }
}
