using System.Management.Automation;

namespace LettaDr.Console;

/// <summary>What the engine would complete at the cursor: commands, parameters, their values, paths, variables.</summary>
internal sealed class TabCompletion(PipelineRunner runner)
{
    /// <summary>Asks the engine.</summary>
    /// <returns>The matches and the stretch of text that they replace; null when there are none.</returns>
    public CommandCompletion? At(string text, int cursor)
    {
        try
        {
            using PowerShell shell = runner.CreateShell();
            CommandCompletion completion = CommandCompletion.CompleteInput(text, cursor, options: null, shell);
            return completion.CompletionMatches.Count == 0 ? null : completion;
        }
        catch (RuntimeException)
        {
            // A completer that fails completes nothing.
            return null;
        }
    }

    /// <summary>What all matches begin with.</summary>
    public static string CommonStart(CommandCompletion completion)
    {
        string common = completion.CompletionMatches[0].CompletionText;
        foreach (CompletionResult match in completion.CompletionMatches)
        {
            int same = 0;
            while (same < Math.Min(common.Length, match.CompletionText.Length)
                && char.ToUpperInvariant(common[same]) == char.ToUpperInvariant(match.CompletionText[same]))
            {
                same++;
            }

            common = common[..same];
        }

        return common;
    }
}
