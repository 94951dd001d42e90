using System.Text.RegularExpressions;

namespace LettaDr.Help;

/// <summary>Reads the syntax of a cmdlet as pages and <c>Get-Command -Syntax</c> write it.</summary>
internal static partial class SyntaxBlockParser
{
    /// <summary>Reads one parameter set.</summary>
    /// <param name="text">The syntax, on one line or wrapped.</param>
    /// <exception cref="FormatException">The text is no syntax; the message says where it stops to be one.</exception>
    public static SyntaxBlock Parse(string text)
    {
        var line = Whitespace().Replace(text.Trim(), " ");
        var name = CommandName().Match(line);
        if (!name.Success)
        {
            throw new FormatException($"the syntax begins with \"{Excerpt(line)}\" and not with the name of a cmdlet");
        }

        List<SyntaxParameter> parameters = [];
        var at = name.Length;
        while (Parameter().Match(line, at) is { Success: true } match)
        {
            parameters.Add(ToParameter(match));
            at += match.Length;
        }

        var rest = line[at..].Trim();
        return rest == "[<CommonParameters>]"
            ? new SyntaxBlock(name.Value, parameters)
            : throw new FormatException(rest.Length == 0
                ? "the syntax does not end with [<CommonParameters>]"
                : $"the syntax cannot be read from \"{Excerpt(rest)}\" on");
    }

    private static SyntaxParameter ToParameter(Match match)
    {
        var type = match.Groups["type"];
        return new SyntaxParameter(
            match.Groups["name"].Value,
            type.Success ? type.Value : null,
            IsRequired: !match.Groups["optional"].Success,
            IsPositional: match.Groups["positional"].Success);
    }

    private static string Excerpt(string text) => text.Length <= 40 ? text : text[..40] + "…";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    [GeneratedRegex(@"^\p{L}+-\w+(?= |$)")]
    private static partial Regex CommandName();

    // Name and brackets of: -A   -A <T>   [-A] <T>   [-A]   [-A <T>]   [[-A] <T>]. A lone [-A] is an optional switch;
    // only a value after the bracket makes it a position.
    [GeneratedRegex("""
        \G\ (?:
            \[\[-(?<positional>(?<name>\w+))\]\ <(?<type>[^>]+)>(?<optional>\])
          | \[-(?<positional>(?<name>\w+))\]\ <(?<type>[^>]+)>
          | \[-(?<name>\w+)(?:\ <(?<type>[^>]+)>)?(?<optional>\])
          | -(?<name>\w+)(?:\ <(?<type>[^>]+)>)?
        )(?=\ |$)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Parameter();
}
