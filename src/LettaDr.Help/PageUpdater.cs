namespace LettaDr.Help;

/// <summary>
/// Brings a page's SYNTAX and yaml blocks up to its cmdlet, and leaves everything else as it was written.
/// </summary>
internal static class PageUpdater
{
    /// <summary>The page's new text; the same as the old when nothing has drifted.</summary>
    /// <param name="page">A page whose layout is right.</param>
    /// <param name="command">Its cmdlet.</param>
    public static string Update(MarkdownPage page, CommandDescription command)
    {
        var lines = page.Source.Lines;
        List<string> updated = [.. lines.Take(page.SyntaxLines.First), "", .. PageText.Syntax(command).Split('\n'), ""];
        var firstSection = page.Parameters.Count > 0 ? page.Parameters[0].FirstLine : page.ParameterLines.Last + 1;
        updated.AddRange(Between(lines, page.SyntaxLines.Last + 1, firstSection - 1));
        TrimEnd(updated);
        updated.Add("");
        foreach (var parameter in command.Parameters)
        {
            updated.AddRange(Section(page, parameter));
            updated.Add("");
        }

        updated.AddRange(lines.Skip(page.ParameterLines.Last));
        return string.Join('\n', updated) + "\n";
    }

    private static IEnumerable<string> Section(MarkdownPage page, ParameterDescription parameter)
    {
        var section = page.Parameter(parameter.Name);
        if (section is null)
        {
            return PageText.Parameter(parameter).Split('\n');
        }

        List<string> lines = [];
        var next = section.FirstLine;
        foreach (var (first, last) in section.FactLines)
        {
            lines.AddRange(Between(page.Source.Lines, next, first - 1));
            if (first == section.FactLines[0].First)
            {
                lines.AddRange(PageText.Facts(parameter, section).Split('\n'));
            }
            else
            {
                TrimEnd(lines);
            }

            next = last + 1;
        }

        lines.AddRange(Between(page.Source.Lines, next, section.LastLine));
        TrimEnd(lines);
        lines[0] = $"### -{parameter.Name}";
        return section.FactLines.Count > 0 ? lines : [.. lines, "", .. PageText.Facts(parameter, section).Split('\n')];
    }

    private static IEnumerable<string> Between(IReadOnlyList<string> lines, int first, int last) =>
        lines.Skip(first - 1).Take(last - first + 1);

    private static void TrimEnd(List<string> lines)
    {
        while (lines.Count > 0 && string.IsNullOrWhiteSpace(lines[^1]))
        {
            lines.RemoveAt(lines.Count - 1);
        }
    }
}
