namespace LettaDr;

/// <summary>An agent that is not as it was when the cluster's recovered moment was.</summary>
/// <param name="Id">Letta's identifier.</param>
/// <param name="Name">Its name.</param>
/// <param name="Change">What happened to it after the moment; recovery undoes that.</param>
public sealed record LostAgent(string Id, string? Name, AgentChange Change)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Change.ToString().ToLowerInvariant()} {Name} ({Id})";
}
