using System.Globalization;

namespace LettaDr.Systems;

/// <summary>
/// Puts JSON together as Python's serializer writes it, either way: everything beyond ASCII as it is, or as escapes.
/// Utf8JsonWriter knows neither way.
/// </summary>
internal sealed class SeedJson
{
    private char[] _text = new char[8 * 1024];
    private int _used;

    internal ReadOnlySpan<char> Written => _text.AsSpan(0, _used);

    internal SeedJson Clear()
    {
        _used = 0;
        return this;
    }

    /// <summary>Appends as it stands.</summary>
    internal SeedJson Raw(ReadOnlySpan<char> text)
    {
        text.CopyTo(Take(text.Length));
        return this;
    }

    /// <summary>Appends a JSON string.</summary>
    internal SeedJson String(ReadOnlySpan<char> text, bool escapeUnicode)
    {
        Put('"');
        foreach (var character in text)
        {
            if (character is '"' or '\\')
            {
                Put('\\');
                Put(character);
            }
            else if (character == '\n')
            {
                Raw("\\n");
            }
            else if (character < ' ' || (escapeUnicode && character > '~'))
            {
                Raw("\\u");
                ((int)character).TryFormat(Take(4), out _, "x4", CultureInfo.InvariantCulture);
            }
            else
            {
                Put(character);
            }
        }

        Put('"');
        return this;
    }

    private void Put(char character) => Take(1)[0] = character;

    private Span<char> Take(int length)
    {
        if (_used + length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(2 * _text.Length, _used + length));
        }

        var span = _text.AsSpan(_used, length);
        _used += length;
        return span;
    }
}
