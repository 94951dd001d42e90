namespace LettaDr.Systems;

/// <summary>A column of vectors, and what reading all of them showed.</summary>
internal sealed record VectorColumn
{
    /// <summary>Table and column, quoted.</summary>
    public required string Name { get; init; }

    /// <summary>The dimensions that the column's type asks for; null when it asks for none.</summary>
    public int? Declared { get; init; }

    /// <summary>Whether this role may read it; what follows is only known then.</summary>
    public required bool Readable { get; init; }

    /// <summary>Vectors that are not null.</summary>
    public long Count { get; init; }

    /// <summary>The fewest dimensions of a value.</summary>
    public int Least { get; init; }

    /// <summary>The most dimensions of a value.</summary>
    public int Most { get; init; }

    /// <summary>Values of other dimensions than declared.</summary>
    public long Misshapen { get; init; }

    /// <summary>Keys of a few of those.</summary>
    public IReadOnlyList<string> MisshapenKeys { get; init; } = [];

    /// <summary>Values with a component that is infinite or no number.</summary>
    public long Infinite { get; init; }

    /// <summary>Keys of a few of those.</summary>
    public IReadOnlyList<string> InfiniteKeys { get; init; } = [];
}
