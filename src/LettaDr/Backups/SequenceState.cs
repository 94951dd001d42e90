namespace LettaDr;

/// <summary>Where a sequence stood. Sequences are not part of a snapshot: read before pg_dump, it can only have moved on since.</summary>
/// <param name="Identity">Qualified name.</param>
/// <param name="LastValue">The last value handed out (or the first to be, when not yet called).</param>
/// <param name="IsCalled">Whether <paramref name="LastValue"/> has been handed out.</param>
/// <param name="Increment">Its step; negative for a descending one.</param>
/// <param name="Cycles">Whether it starts again at its end; where it stands then says nothing.</param>
public sealed record SequenceState(string Identity, long LastValue, bool IsCalled, long Increment, bool Cycles);
