namespace LettaDr;

/// <summary>What <c>Repair-LettaVectorIndex</c> found and did: one for each index, or one for a database that has none.</summary>
public sealed record VectorIndexRepair
{
    /// <summary>The deployment's name.</summary>
    public required string Deployment { get; init; }

    /// <summary>The index's qualified name; null when the database has no vector index.</summary>
    public string? Index { get; init; }

    /// <summary>The table that it is on, qualified.</summary>
    public string? Table { get; init; }

    /// <summary><c>hnsw</c> or <c>ivfflat</c>.</summary>
    public string? Method { get; init; }

    /// <summary>What was done.</summary>
    public required VectorIndexAction Action { get; init; }

    /// <summary>Whether the server used it before.</summary>
    public bool? WasValid { get; init; }

    /// <summary>The part (0 to 1) of the true ten nearest that it found before; null where it could not be measured.</summary>
    public double? RecallBefore { get; init; }

    /// <summary>The part (0 to 1) of the true ten nearest that it finds now; null where it could not be measured.</summary>
    public double? RecallAfter { get; init; }

    /// <summary>Its size now, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>What was seen, in one sentence, with what remains to be done if anything does.</summary>
    public required string Evidence { get; init; }

    /// <summary>How long the work on it took.</summary>
    public TimeSpan Duration { get; init; }
}
