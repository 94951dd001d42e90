namespace LettaDr;

/// <summary>The tables of Letta's whose rows keys of the cache name.</summary>
internal enum CacheSubjectKind
{
    Agent,
    Conversation,
    Run,
    User,
}
