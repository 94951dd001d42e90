namespace LettaDr.Console;

/// <summary>Reads the command line as pwsh does: one dash or two, abbreviations, a script without -File.</summary>
internal static class ConsoleOptionsParser
{
    // Name, and how many of its letters suffice; pwsh's own where it has the same switch.
    private static readonly (string Name, int Shortest)[] Switches =
    [
        ("Command", 1), ("File", 1), ("NonInteractive", 4), ("NoLogo", 3), ("NoProfile", 3), ("NoModule", 3), ("Module", 1),
        ("WorkingDirectory", 2), ("ExecutionPolicy", 2), ("Version", 1), ("Help", 1), ("?", 1),
    ];

    /// <summary>Understands the arguments of the process; never throws.</summary>
    public static ConsoleOptions Parse(IReadOnlyList<string> args)
    {
        var options = new ConsoleOptions
        {
            Action = System.Console.IsInputRedirected ? ConsoleAction.StandardInput : ConsoleAction.Prompt,
        };
        for (int i = 0; i < args.Count; i++)
        {
            if (!IsSwitch(args[i]))
            {
                return File(options, args, i);
            }

            string? name = FullName(args[i].Replace("-", string.Empty, StringComparison.Ordinal));
            string? value = i + 1 < args.Count ? args[i + 1] : null;
            switch (name)
            {
                case "Version":
                    return options with { Action = ConsoleAction.ShowVersion };
                case "Help" or "?":
                    return options with { Action = ConsoleAction.ShowHelp };
                case "Command":
                    return Command(options, args, i + 1);
                case "File":
                    return value is null ? Bad(options, "-File needs the path of a script.") : File(options, args, i + 1);
                case "NonInteractive":
                    options = options with { NonInteractive = true };
                    continue;
                case "NoLogo":
                    options = options with { NoLogo = true };
                    continue;
                case "NoModule":
                    options = options with { NoModule = true };
                    continue;
                case "NoProfile":
                    // There are no profiles; taken so that a command line written for pwsh works.
                    continue;
                case null:
                    return Bad(options, $"The switch '{args[i]}' is not known; lettadr -Help lists those that are.");
            }

            if (value is null)
            {
                return Bad(options, $"-{name} needs a value.");
            }

            i++;
            options = name switch
            {
                "Module" => options with { Module = value },
                "WorkingDirectory" => options with { WorkingDirectory = value },
                _ => options, // ExecutionPolicy: off Windows there is none, in pwsh neither.
            };
        }

        return options;
    }

    private static bool IsSwitch(string arg) => arg.Length > 1 && arg[0] == '-';

    private static string? FullName(string given)
    {
        foreach ((string name, int shortest) in Switches)
        {
            if (given.Length >= shortest && name.StartsWith(given, StringComparison.OrdinalIgnoreCase))
            {
                return name;
            }
        }

        return given.ToUpperInvariant() switch { "WD" => "WorkingDirectory", "EP" => "ExecutionPolicy", _ => null };
    }

    private static ConsoleOptions Command(ConsoleOptions options, IReadOnlyList<string> args, int first)
    {
        if (first >= args.Count)
        {
            return Bad(options, "-Command needs the text to run, or - to read it from standard input.");
        }

        return args[first] == "-" && args.Count == first + 1
            ? options with { Action = ConsoleAction.StandardInput }
            : options with { Action = ConsoleAction.Command, Command = string.Join(' ', args.Skip(first)) };
    }

    private static ConsoleOptions File(ConsoleOptions options, IReadOnlyList<string> args, int first)
    {
        if (args[first] == "-")
        {
            return options with { Action = ConsoleAction.StandardInput };
        }

        string path = Path.GetFullPath(args[first]);
        if (!System.IO.File.Exists(path))
        {
            return Bad(options, $"The script '{args[first]}' does not exist; give the path of a script to -File.");
        }

        return options with
        {
            Action = ConsoleAction.File,
            File = path,
            Arguments = ScriptArguments.Parse(args.Skip(first + 1)),
        };
    }

    private static ConsoleOptions Bad(ConsoleOptions options, string error) => options with { Error = "lettadr: " + error };
}
