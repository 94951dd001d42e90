namespace LettaDr;

/// <summary>A database on the server that is restored to.</summary>
internal sealed record TargetDatabase
{
    public required string Name { get; init; }

    public required string Owner { get; init; }

    public string? Comment { get; init; }

    public DatabaseMark? Mark => DatabaseMark.Read(Comment);

    /// <summary>Whether it holds any table of a user; an empty one can be replaced without losing anything.</summary>
    public bool HasTables { get; init; }

    public IReadOnlyList<DatabaseSession> Sessions { get; init; } = [];
}
