namespace LettaDr;

/// <summary>A set that is to be made, whatever its parts.</summary>
/// <param name="Deployment">The deployment that is backed up.</param>
/// <param name="Label">The user's own name for the set.</param>
internal sealed record SetRequest(LettaDeployment Deployment, string? Label);
