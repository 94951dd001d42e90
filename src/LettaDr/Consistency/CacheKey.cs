namespace LettaDr;

/// <summary>A key of Letta's in Redis: its kind, and the row that its name refers to.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Names">The run, agent, conversation or user that it names; null when its name names none.</param>
internal sealed record CacheKey(CacheKeyKind Kind, CacheSubject? Names)
{
    private static readonly CacheKeyKind[] Kinds = Enum.GetValues<CacheKeyKind>();

    /// <summary>
    /// Reads the name of a key; null for a key of somebody else. Names like <c>conversation:lock:7</c> are common: where Letta's
    /// own name ends in an id, only an id of Letta's form makes it Letta's.
    /// </summary>
    public static CacheKey? Parse(string name)
    {
        foreach (var kind in Kinds)
        {
            var prefix = CacheKeyRule.Of(kind).Prefix;
            if (name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal)
                && Read(kind, name[prefix.Length..]) is { } key)
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>The key's name as it may be shown: without a user's text, and without the token of a request.</summary>
    public override string ToString() => CacheKeyRule.Of(Kind).Prefix + (Names is { } id ? id.ToString() : "…");

    private static CacheKey? Read(CacheKeyKind kind, string rest) => kind switch
    {
        CacheKeyKind.CachedEmbedding or CacheKeyKind.TokenCount or CacheKeyKind.RequestRun => new CacheKey(kind, null),
        CacheKeyKind.CachedUser => Named(kind, rest, CacheSubjectKind.User),
        CacheKeyKind.RunToCancel or CacheKeyKind.MemoryLock => Named(kind, rest, CacheSubjectKind.Agent),
        CacheKeyKind.RunStream => Named(kind, rest, CacheSubjectKind.Run),

        // An agent's default conversation has no row: its lock bears the agent's id.
        _ => Named(kind, rest, CacheSubjectKind.Conversation) ?? Named(kind, rest, CacheSubjectKind.Agent),
    };

    private static CacheKey? Named(CacheKeyKind kind, string rest, CacheSubjectKind expected) =>
        CacheSubject.Parse(rest) is { } id && id.Kind == expected ? new CacheKey(kind, id) : null;
}
