namespace LettaDr.Help;

public sealed class ProseTests
{
    [Theory]
    [InlineData("One\ntwo *three* **four** `five six`", "One two three four `five six`")]
    [InlineData("[text](https://example.com) [page](Get-Thing.md) <https://example.com>", "text (https://example.com) page https://example.com")]
    [InlineData("[https://example.com](https://example.com)", "https://example.com")]
    [InlineData("a &lt; b \\* c <name>", "a < b * c <name>")]
    [InlineData("one\\\ntwo", "one\ntwo")]
    [InlineData("one\n\ntwo", "one|two")]
    [InlineData("- one\n- two\n\n  more\n\n  - three", "- one\n- two\n  more\n  - three")]
    [InlineData("9. nine\n10. ten", "9. nine\n10. ten")]
    [InlineData("one\n\n    code\n      more", "one\n\n    code\n      more")]
    [InlineData("```text\ncode\n```\ntext", "code|text")]
    [InlineData("> [!NOTE] quoted", "[!NOTE] quoted")]
    [InlineData("#### Head\ntext", "Head|text")]
    public void Paragraphs_are_plain_text(string markdown, string expected) =>
        Assert.Equal(expected, string.Join('|', Prose.Paragraphs(Prose.From(MarkdownSource.FromText("a.md", markdown).Document))));

    [Fact]
    public void Wrap_breaks_at_spaces_and_leaves_long_words_whole()
    {
        var text = TextWrap.Wrap("one two three\nfour supercalifragilistic five", 12, "- ", "  ");

        Assert.Equal("- one two\n  three\n  four\n  supercalifragilistic\n  five", text);
    }

    [Fact]
    public void Topic_wraps_its_text_and_leaves_code_and_the_short_description_whole()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 40));
        var code = new string('x', 100);
        var source = MarkdownSource.FromText(
            "about_A.md",
            $"# about_A\n\n## SHORT DESCRIPTION\n{words}\n\n## LONG DESCRIPTION\n{words}\n\n1. {words}\n\n```\n{code}\n```\n");
        var errors = new PageErrors("about_A.md");

        var lines = AboutTopicWriter.Write(AboutTopicReader.Read(source, errors)).Split('\n');

        Assert.Empty(errors);
        Assert.Equal("    " + words, lines[4]);
        Assert.Contains("        " + code, lines);
        Assert.Contains(lines, line => line.StartsWith("    1. word", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("       word", StringComparison.Ordinal));
        Assert.All(lines.Where((line, at) => at != 4 && !line.Contains(code, StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 80));
    }
}
