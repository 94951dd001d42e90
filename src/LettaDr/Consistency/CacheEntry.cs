namespace LettaDr;

/// <summary>A key of Letta's as it was found in Redis.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">Its value where its kind's value is looked at, else null.</param>
/// <param name="TimeToLive">What is left of its life; null when it never expires.</param>
internal sealed record CacheEntry(CacheKey Key, string? Value, TimeSpan? TimeToLive)
{
    /// <summary>Everything in the database that the key refers to, by its name or its value.</summary>
    public IEnumerable<CacheSubject> Subjects => new[] { Key.Names, RunInValue }.OfType<CacheSubject>();

    /// <summary>The run that its value names; null when it names none.</summary>
    public CacheSubject? RunInValue =>
        CacheKeyRule.Of(Key.Kind).ValueNamesRun && CacheSubject.Parse(Value) is { Kind: CacheSubjectKind.Run } run ? run : null;
}
