namespace LettaDr;

/// <summary>Somebody who is connected to a database.</summary>
/// <param name="ProcessId">The server process.</param>
/// <param name="Role">Who connected; null for the server's own workers.</param>
/// <param name="Application">The application's name.</param>
/// <param name="Client">The client's address; null for a local socket.</param>
public sealed record DatabaseSession(int ProcessId, string? Role, string Application, string? Client)
{
    /// <summary>What it does: PostgreSQL's <c>active</c>, <c>idle</c>, <c>idle in transaction</c>, …; null when the role may not see it.</summary>
    public string? State { get; init; }

    /// <summary>When it connected; null when the role may not see it.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Application.Length > 0 ? Application : "an unnamed application")} of {Role ?? "?"} from {Client ?? "the server itself"} (process {ProcessId})";
}
