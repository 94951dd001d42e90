using System.Globalization;
using System.Net;
using System.Text;

namespace LettaDr.Systems;

/// <summary>Writes HTML. Whatever stands in the holes of an interpolated text is escaped; only the text around them is markup.</summary>
internal sealed class HtmlWriter(TextWriter output)
{
    /// <summary>Markup with values in it, which are escaped.</summary>
    public void Write([System.Runtime.CompilerServices.InterpolatedStringHandlerArgument("")] HtmlText text) => _ = text;

    /// <summary>Markup of our own; never a value.</summary>
    public void Markup(string markup) => output.Write(markup);

    /// <summary>A value, escaped; what HTML cannot hold becomes a replacement character.</summary>
    public void Text(string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            output.Write(WebUtility.HtmlEncode(Printable(value)));
        }
    }

    /// <summary>A number as attributes take it.</summary>
    public void Number(double value) => output.Write(value.ToString("0.##", CultureInfo.InvariantCulture));

    private static string Printable(string value)
    {
        StringBuilder? clean = null;
        for (var i = 0; i < value.Length; i++)
        {
            var broken = (char.IsControl(value[i]) && value[i] is not ('\t' or '\n' or '\r'))
                || (char.IsSurrogate(value[i]) && !char.IsSurrogatePair(value, char.IsLowSurrogate(value[i]) ? Math.Max(0, i - 1) : i)) || IsDirection(value[i]);
            if (broken)
            {
                clean ??= new StringBuilder(value);
                clean[i] = '\uFFFD';
            }
        }

        return clean?.ToString() ?? value;
    }

    // They would show what follows in another order than it has.
    private static bool IsDirection(char value) => value is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
