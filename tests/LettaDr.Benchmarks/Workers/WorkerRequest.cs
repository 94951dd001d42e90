namespace LettaDr.Benchmarks;

/// <summary>What a worker is to measure; given on its standard input, so that nothing of it shows in a list of processes.</summary>
internal sealed record WorkerRequest
{
    /// <summary>Path of the module's manifest.</summary>
    public required string Module { get; init; }

    /// <summary>The cmdlet to time; null times only the import.</summary>
    public string? Command { get; init; }

    /// <summary>A script to time instead of one cmdlet.</summary>
    public string? Script { get; init; }

    /// <summary>The cmdlet's parameters.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Switches that are on.</summary>
    public IReadOnlyList<string> Switches { get; init; } = [];

    /// <summary>How often the cmdlet is called in the one process.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>Properties to report of the last object that the cmdlet writes.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];
}
