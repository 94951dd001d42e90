namespace LettaDr;

/// <summary>How a Redis writes to disk, as it says itself.</summary>
/// <remarks>Redis manual, Redis persistence.</remarks>
internal sealed record CachePersistence
{
    /// <summary>Where it is.</summary>
    public required string Cache { get; init; }

    /// <summary>Whether the append-only file is on.</summary>
    public required bool AppendOnly { get; init; }

    /// <summary><c>appendfsync</c>: always, everysec or no.</summary>
    public string Flushing { get; init; } = string.Empty;

    /// <summary>Whether flushes are left out while files are rewritten (<c>no-appendfsync-on-rewrite</c>).</summary>
    public bool PausesForRewrite { get; init; }

    /// <summary>How often a flush was late since Redis started; Redis then waits up to two seconds for it.</summary>
    public long LateFlushes { get; init; }

    /// <summary>Whether the last write to the append-only file, or the last snapshot where there is none, succeeded.</summary>
    public required bool LastWriteSucceeded { get; init; }

    /// <summary>When the last snapshot was saved.</summary>
    public DateTimeOffset? LastSave { get; init; }

    /// <summary>Changes since then.</summary>
    public long ChangesSinceSave { get; init; }

    /// <summary><c>save</c>: seconds and changes after which a snapshot is saved, in pairs; empty for never.</summary>
    public string SaveRules { get; init; } = string.Empty;

    /// <summary>What would be lost if Redis died now.</summary>
    public TimeSpan? LossNow(DateTimeOffset now) => AppendOnly
        ? Flushing switch
        {
            "always" => TimeSpan.Zero,
            "everysec" => TimeSpan.FromSeconds(LateFlushes > 0 ? 2 : 1),
            _ => WithoutFlushing,
        }
        : ChangesSinceSave == 0 ? TimeSpan.Zero
        : LastSave is not { } saved ? null
        : now > saved ? now - saved : TimeSpan.Zero;

    /// <summary>The most that can be lost; null when there is no limit.</summary>
    public TimeSpan? LossAtMost => AppendOnly
        ? PausesForRewrite ? WithoutFlushing : LossNow(default)
        : Rules().Where(rule => rule.Changes <= 1).Select(rule => (TimeSpan?)TimeSpan.FromSeconds(rule.Seconds)).Min();

    /// <summary>What is lost when its process is killed, for people; null for nothing, as with an append-only file.</summary>
    public string? LostWhenKilled => AppendOnly ? null
        : $"{Cache} writes no append-only file, and loses what has changed since its last snapshot (changes by now: {ChangesSinceSave}).";

    /// <summary>How it writes, for people.</summary>
    public string Describe() => AppendOnly
        ? $"The append-only file of {Cache} is flushed to disk {FlushingInWords()}{(PausesForRewrite ? ", but not while it is rewritten" : string.Empty)}{(LateFlushes > 0 ? $"; {LateFlushes} flushes were late" : string.Empty)}."
        : $"{Cache} writes no append-only file, and saves snapshots {(SaveRules.Length == 0 ? "never by itself" : $"by the rule '{SaveRules}'")}; the last is of {(LastSave is { } saved ? $"{saved:u}" : "nobody knows when")}, {ChangesSinceSave} changes ago.";

    // Linux writes out by itself what is older than 30 seconds (vm.dirty_expire_centisecs).
    private static TimeSpan WithoutFlushing { get; } = TimeSpan.FromSeconds(30);

    private string FlushingInWords() => Flushing switch
    {
        "always" => "with each write",
        "everysec" => "every second",
        _ => "when the operating system does, on Linux within about 30 seconds",
    };

    private IEnumerable<(long Seconds, long Changes)> Rules() => SaveRules.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => long.TryParse(word, out var number) ? number : long.MaxValue).Chunk(2).Where(pair => pair.Length == 2).Select(pair => (pair[0], pair[1]));
}
