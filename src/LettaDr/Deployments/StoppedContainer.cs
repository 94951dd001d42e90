namespace LettaDr;

/// <summary>A container of the Letta server that maintenance stops, as it was before.</summary>
/// <param name="Id">Docker's identifier.</param>
/// <param name="Name">Its name, by which its successor is known when it was made anew.</param>
/// <param name="RestartPolicy">Docker's restart policy: <c>no</c>, <c>always</c>, <c>unless-stopped</c>, <c>on-failure</c>.</param>
/// <param name="MaximumRetries">How often <c>on-failure</c> tries; 0 for no limit.</param>
internal sealed record StoppedContainer(string Id, string Name, string RestartPolicy, int MaximumRetries);
