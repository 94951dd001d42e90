using Markdig;
using Markdig.Syntax;

namespace LettaDr.Help;

/// <summary>A Markdown file: its text, its lines, and its blocks.</summary>
internal sealed class MarkdownSource
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePreciseSourceLocation()
        .UseYamlFrontMatter()
        .UsePipeTables()
        .Build();

    private readonly List<int> lineStarts = [0];

    private MarkdownSource(string path, string text)
    {
        Path = path;
        Text = text.ReplaceLineEndings("\n");
        Document = Markdown.Parse(Text, Pipeline);
        for (var at = Text.IndexOf('\n'); at >= 0; at = Text.IndexOf('\n', at + 1))
        {
            lineStarts.Add(at + 1);
        }
    }

    /// <summary>Path of the file.</summary>
    public string Path { get; }

    /// <summary>The file's name without its extension: the cmdlet or the topic that it must be about.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The whole text, with lines ended by a line feed alone.</summary>
    public string Text { get; }

    /// <summary>The lines of the text.</summary>
    public IReadOnlyList<string> Lines => field ??= Text.TrimEnd('\n').Split('\n');

    /// <summary>The text, parsed.</summary>
    public MarkdownDocument Document { get; }

    /// <summary>Reads a file.</summary>
    public static MarkdownSource Read(string path) => new(path, File.ReadAllText(path));

    /// <summary>Takes a text as if it were a file's.</summary>
    public static MarkdownSource FromText(string path, string text) => new(path, text);

    /// <summary>Line of a block's start, from 1.</summary>
    public static int LineOf(Block block) => block.Line + 1;

    /// <summary>Line of a block's last character, from 1.</summary>
    public int LastLineOf(Block block)
    {
        var at = lineStarts.BinarySearch(block.Span.End);
        return at >= 0 ? at + 1 : ~at;
    }

    /// <summary>
    /// Adds an error for each character that XML cannot hold, such as the escape of a colored console text.
    /// </summary>
    public void CheckCharacters(PageErrors errors)
    {
        for (var line = 0; line < Lines.Count; line++)
        {
            if (Lines[line].Any(c => c < ' ' && c != '\t' || c is '\uFFFE' or '\uFFFF'))
            {
                errors.Layout(line + 1, "the line holds a control character; help is plain text");
            }
        }
    }
}
