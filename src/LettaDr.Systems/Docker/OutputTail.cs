using System.Text;

namespace LettaDr.Systems;

/// <summary>Keeps the end of what a program writes, while it still writes.</summary>
internal sealed class OutputTail : WriteOnlyStream
{
    private const int Limit = 16 * 1024;
    private readonly object _gate = new();
    private string _text = string.Empty;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_gate)
        {
            _text += Encoding.UTF8.GetString(buffer);
            _text = _text.Length > Limit ? _text[^Limit..] : _text;
        }
    }

    /// <summary>The lines so far, the last at the end.</summary>
    public IReadOnlyList<string> Lines()
    {
        lock (_gate)
        {
            return _text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
    }
}
