using System.Globalization;

namespace LettaDr.Benchmarks;

/// <summary>What is to be measured, from the command line.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage = """
        Measures LettaDr beside pg_dump and pg_restore, on a throw-away Letta database in a container.
        Needs Docker with the images pgvector/pgvector:pg17 and redis:8.

          --messages N          messages of about 1 KB of JSON (default 500000)
          --passages N          passages of 4,096 dimensions, 16 KB each (default 50000)
          --rounds N            rounds; the best time of each is taken (default 2)
          --only A,B            of backup, restore, base, recovery, archive, system, memory, import, catalog, report
          --minutes N           minutes of light load over which archive watches what would be lost (default 1)
          --memory-size large   compares the memory with that for a database 2.5 times as large, too (5 GB by default)
          --keep                leaves container and files behind
        """;

    private static readonly string[] Areas = ["backup", "restore", "base", "recovery", "archive", "system", "memory", "import", "catalog", "report"];

    public int Messages { get; init; } = 500_000;

    public int Passages { get; init; } = 50_000;

    public int Rounds { get; init; } = 2;

    public int Minutes { get; init; } = 1;

    public IReadOnlyList<string> Only { get; init; } = Areas;

    public bool LargeMemory { get; init; }

    public bool Keep { get; init; }

    public bool Measures(string area) => Only.Contains(area);

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="BenchmarkException">There is one that is not known, or its value is no good.</exception>
    public static BenchmarkOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new BenchmarkOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            string Value() => ++i < arguments.Count ? arguments[i] : throw new BenchmarkException($"{name} needs a value.");
            options = name switch
            {
                "--messages" => options with { Messages = Number(name, Value()) },
                "--passages" => options with { Passages = Number(name, Value()) },
                "--rounds" => options with { Rounds = Number(name, Value()) },
                "--minutes" => options with { Minutes = Number(name, Value()) },
                "--only" => options with { Only = Chosen(Value()) },
                "--memory-size" => options with { LargeMemory = Value() == "large" ? true : throw new BenchmarkException("--memory-size knows only: large.") },
                "--keep" => options with { Keep = true },
                _ => throw new BenchmarkException($"There is no option {name}."),
            };
        }

        return options;
    }

    private static int Number(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new BenchmarkException($"{name} needs a number from 1, not '{text}'.");

    private static string[] Chosen(string text)
    {
        var chosen = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return chosen.Length > 0 && chosen.All(Areas.Contains)
            ? chosen
            : throw new BenchmarkException($"--only takes {string.Join(", ", Areas)}, not '{text}'.");
    }
}
