namespace LettaDr;

/// <summary>What a Compose service waits for in another.</summary>
internal enum ComposeCondition
{
    /// <summary><c>service_started</c>: it has been started.</summary>
    Started,

    /// <summary><c>service_healthy</c>: its health check says so.</summary>
    Healthy,

    /// <summary><c>service_completed_successfully</c>: it has ended with exit code 0.</summary>
    Completed,
}
