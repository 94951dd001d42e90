namespace LettaDr;

/// <summary>What a key of Letta's in Redis is for.</summary>
public enum CacheKeyKind
{
    /// <summary><c>letta_cache:actor_id:…</c>: a user's row, kept 10 minutes.</summary>
    CachedUser,

    /// <summary><c>letta_cache:…</c>: the vector of a text, kept 10 minutes. The key holds the text itself and is never shown.</summary>
    CachedEmbedding,

    /// <summary><c>token_counter:…</c>: the number of tokens of a text, kept an hour.</summary>
    TokenCount,

    /// <summary><c>agent:send_message:run_id:…</c>: the run that cancelling an agent's work cancels. It has no time to live.</summary>
    RunToCancel,

    /// <summary><c>conversation:lock:…</c>: somebody answers in this conversation, or for this agent; 5 minutes at most.</summary>
    ConversationLock,

    /// <summary><c>memory_repo:lock:…</c>: somebody writes to this agent's memory repository; a minute at most.</summary>
    MemoryLock,

    /// <summary><c>otid:run:…</c>: the run that a request has begun, so that its repetition begins no other; kept 3 hours.</summary>
    RequestRun,

    /// <summary><c>sse:run:…</c>: what a run in the background has streamed, to be read again; kept 3 hours.</summary>
    RunStream,
}
