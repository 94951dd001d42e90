using System.Globalization;

namespace LettaDr;

/// <summary>The moment that a cluster is recovered to.</summary>
/// <remarks>PostgreSQL manual, section 19.5.6 (Recovery target).</remarks>
public sealed record RecoveryTarget
{
    private RecoveryTarget()
    {
    }

    /// <summary>Everything that was received.</summary>
    public static RecoveryTarget Latest { get; } = new();

    /// <summary>The moment, by the server's clock: what was committed at it or before is recovered; null for another kind of target.</summary>
    public DateTimeOffset? Time { get; private init; }

    /// <summary>The position: what was logged before it is recovered; null for another kind of target.</summary>
    public Lsn? Lsn { get; private init; }

    /// <summary>The name of a restore point; null for another kind of target.</summary>
    public string? RestorePoint { get; private init; }

    /// <summary>Whether it is everything that was received.</summary>
    public bool IsLatest => Time is null && Lsn is null && RestorePoint is null;

    /// <summary>What was committed at a moment or before.</summary>
    public static RecoveryTarget At(DateTimeOffset time) => new() { Time = time };

    /// <summary>What was logged before a position.</summary>
    public static RecoveryTarget At(Lsn lsn) => new() { Lsn = lsn };

    /// <summary>What was logged before a restore point was made.</summary>
    public static RecoveryTarget At(string restorePoint)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(restorePoint);
        return new RecoveryTarget { RestorePoint = restorePoint };
    }

    /// <inheritdoc/>
    public override string ToString() => Time is { } time ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture)
        : Lsn is { } lsn ? lsn.ToString()
        : RestorePoint is not null ? $"restore point {RestorePoint}" : "the latest moment received";
}
