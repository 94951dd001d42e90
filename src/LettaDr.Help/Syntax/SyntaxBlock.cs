using System.Text;

namespace LettaDr.Help;

/// <summary>One way to call a cmdlet: a parameter set.</summary>
/// <param name="CommandName">The cmdlet.</param>
/// <param name="Parameters">The parameters, in the order in which they are shown.</param>
internal sealed record SyntaxBlock(string CommandName, IReadOnlyList<SyntaxParameter> Parameters)
{
    private const int Width = 110;

    /// <summary>Name of the parameter set; null when the cmdlet has only one and it bears no name.</summary>
    public string? ParameterSet { get; init; }

    /// <summary>Whether the engine takes this set when the parameters given fit several.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Line of the syntax in its page, from 1; 0 when it comes from a cmdlet.</summary>
    public int Line { get; init; }

    /// <summary>The syntax as a page shows it: wrapped, with each further line moved in by one column.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(CommandName);
        var column = CommandName.Length;
        foreach (var word in Parameters.Select(parameter => parameter.ToString()).Append("[<CommonParameters>]"))
        {
            if (column + 1 + word.Length > Width)
            {
                text.Append('\n');
                column = 0;
            }

            text.Append(' ').Append(word);
            column += 1 + word.Length;
        }

        return text.ToString();
    }
}
