using System.Management.Automation.Runspaces;

namespace LettaDr.Console;

/// <summary>Turns the words after a script's path into its parameters, by pwsh's rules for -File.</summary>
internal static class ScriptArguments
{
    /// <summary>
    /// <c>-Name:value</c> is a name with its value (true and false become Booleans), <c>-Name:</c> takes the next word,
    /// <c>-Name</c> is left to the script's parameters: a switch, or the name of the word that follows. All else is positional.
    /// </summary>
    public static IReadOnlyList<CommandParameter> Parse(IEnumerable<string> words)
    {
        var parameters = new List<CommandParameter>();
        string? waiting = null;
        foreach (string word in words)
        {
            if (waiting is not null)
            {
                parameters.Add(new CommandParameter(waiting, word));
                waiting = null;
            }
            else if (word.Length < 2 || word[0] != '-')
            {
                parameters.Add(new CommandParameter(null, word));
            }
            else if (word.IndexOf(':', StringComparison.Ordinal) is var colon && colon < 0)
            {
                parameters.Add(new CommandParameter(word));
            }
            else if (colon == word.Length - 1)
            {
                waiting = word[..colon];
            }
            else
            {
                parameters.Add(new CommandParameter(word[..colon], BooleanOrText(word[(colon + 1)..])));
            }
        }

        return parameters;
    }

    private static object BooleanOrText(string value) =>
        bool.TryParse(value.StartsWith('$') ? value[1..] : value, out bool boolean) ? boolean : value;
}
