namespace LettaDr.Systems;

/// <summary>Where a physical copy is laid out in a container.</summary>
/// <param name="Work">A folder for what lies there for a while only; its owner is <paramref name="User"/>.</param>
/// <param name="Directory">The data directory.</param>
/// <param name="User">User and group by number, who own it and run its server.</param>
internal sealed record ClusterPlace(string Work, string Directory, string User);
