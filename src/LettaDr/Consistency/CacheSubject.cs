namespace LettaDr;

/// <summary>A row of Letta's database that the cache names by its id.</summary>
/// <param name="Kind">The table that it would be in.</param>
/// <param name="Id">The id, e.g. <c>run-0f8fad5b-d9cb-469f-a165-70867728950e</c>.</param>
internal sealed record CacheSubject(CacheSubjectKind Kind, string Id)
{
    private static readonly (string Prefix, CacheSubjectKind Kind)[] Prefixes =
    [
        ("agent-", CacheSubjectKind.Agent), ("conv-", CacheSubjectKind.Conversation), ("run-", CacheSubjectKind.Run), ("user-", CacheSubjectKind.User),
    ];

    /// <summary>Reads an id; null for what is none of Letta's.</summary>
    public static CacheSubject? Parse(string? text)
    {
        foreach (var (prefix, kind) in Prefixes)
        {
            if (text is not null && text.StartsWith(prefix, StringComparison.Ordinal) && Guid.TryParseExact(text.AsSpan(prefix.Length), "D", out _))
            {
                return new CacheSubject(kind, text);
            }
        }

        return null;
    }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
