using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace LettaDr.Console;

/// <summary>Asks which of several choices is meant, by their letters: what -Confirm and ShouldContinue show.</summary>
internal sealed class ChoicePrompt(Terminal terminal, LineReader reader)
{
    /// <summary>Asks until one is chosen.</summary>
    /// <param name="caption">Title; may be empty.</param>
    /// <param name="message">The question; may be empty.</param>
    /// <param name="choices">The choices; an ampersand in a label precedes its letter.</param>
    /// <param name="defaultChoice">Index of the one that Enter alone chooses; -1 for none.</param>
    /// <returns>Index of the choice.</returns>
    public int Ask(string? caption, string? message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        if (!string.IsNullOrEmpty(caption))
        {
            terminal.WritePrompt("\n" + ConsoleColours.In(PSStyle.Instance.Bold, caption) + "\n");
        }

        if (!string.IsNullOrEmpty(message))
        {
            terminal.WritePrompt(message + "\n");
        }

        (string Key, string Label)[] labels = [.. choices.Select(choice => Split(choice.Label))];
        while (true)
        {
            WriteChoices(labels, defaultChoice);
            string answer = reader.ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            if (answer == "?")
            {
                WriteHelp(labels, choices);
                continue;
            }

            int chosen = Array.FindIndex(labels, label => label.Key.Length > 0 && Same(label.Key, answer));
            chosen = chosen >= 0 ? chosen : Array.FindIndex(labels, label => Same(label.Label, answer));
            if (chosen >= 0)
            {
                return chosen;
            }
        }
    }

    private static (string Key, string Label) Split(string label)
    {
        int mark = label.IndexOf('&', StringComparison.Ordinal);
        return mark < 0 || mark == label.Length - 1
            ? (string.Empty, label)
            : (label[mark + 1].ToString().ToUpperInvariant(), label.Remove(mark, 1));
    }

    private static string Name((string Key, string Label) label) => label.Key.Length > 0 ? label.Key : label.Label;

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private void WriteChoices((string Key, string Label)[] labels, int defaultChoice)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            string choice = $"[{labels[i].Key}] {labels[i].Label}";
            string style = i == defaultChoice ? PSStyle.Instance.Foreground.Yellow : string.Empty;
            terminal.WritePrompt((style.Length > 0 ? ConsoleColours.In(style, choice) : choice) + "  ");
        }

        string suffix = defaultChoice < 0 ? ": " : $" (default is \"{Name(labels[defaultChoice])}\"): ";
        terminal.WritePrompt("[?] Help" + suffix);
    }

    private void WriteHelp((string Key, string Label)[] labels, Collection<ChoiceDescription> choices)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            terminal.WritePrompt($"{Name(labels[i])} - {choices[i].HelpMessage}\n");
        }
    }
}
