using System.Runtime.CompilerServices;

namespace LettaDr.Systems;

/// <summary>An interpolated text that <see cref="HtmlWriter"/> writes as it is read: markup as it stands, values escaped.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlText
{
    private readonly HtmlWriter _writer;

    public HtmlText(int literalLength, int formattedCount, HtmlWriter writer)
    {
        _ = (literalLength, formattedCount);
        _writer = writer;
    }

    public void AppendLiteral(string markup) => _writer.Markup(markup);

    public void AppendFormatted(string? value) => _writer.Text(value);

    public void AppendFormatted(int value) => _writer.Number(value);

    public void AppendFormatted(double value) => _writer.Number(value);
}
