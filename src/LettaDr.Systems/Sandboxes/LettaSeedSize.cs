namespace LettaDr.Systems;

/// <summary>How much a seeded database holds; the same size seeds the same rows.</summary>
internal sealed record LettaSeedSize
{
    internal const int MessagesPerRun = 10;

    /// <summary>Agents, at least 1. Blocks, conversations, archives and tags go with them.</summary>
    public int Agents { get; init; } = 50;

    /// <summary>Messages, about 1 KB each. Runs, steps and their metrics go with them.</summary>
    public int Messages { get; init; } = 20_000;

    /// <summary>Passages with a vector of 4,096 dimensions, 16 KB each: three quarters archival, the rest of sources.</summary>
    public int Passages { get; init; } = 2_000;

    /// <summary>Another number gives other rows of the same shape.</summary>
    public int Seed { get; init; } = 1;

    internal int Runs => (Messages + MessagesPerRun - 1) / MessagesPerRun;

    internal int SourcePassages => Passages / 4;

    internal int ArchivalPassages => Passages - SourcePassages;

    internal int Sources => Math.Max(2, Agents / 10);

    internal int Files => 4 * Sources;

    /// <summary>Roughly what is sent for messages and passages, in bytes; for progress.</summary>
    internal long EstimatedBytes => (Messages * 1_660L) + (Passages * 17_450L);
}
