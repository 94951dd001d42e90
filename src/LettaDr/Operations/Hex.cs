namespace LettaDr;

/// <summary>Digests as text.</summary>
internal static class Hex
{
    /// <summary>Lower-case hexadecimal, as sha256sum prints it.</summary>
    public static string Lower(ReadOnlySpan<byte> bytes) => string.Create(bytes.Length * 2, bytes.ToArray(), static (text, value) =>
    {
        const string Digits = "0123456789abcdef";
        for (var i = 0; i < value.Length; i++)
        {
            text[2 * i] = Digits[value[i] >> 4];
            text[(2 * i) + 1] = Digits[value[i] & 15];
        }
    });
}
