namespace LettaDr;

/// <summary>An extension installed in the database.</summary>
/// <param name="Name">E.g. <c>vector</c>.</param>
/// <param name="Version">The version installed; a dump does not name it.</param>
/// <param name="Schema">The schema its objects are in.</param>
public sealed record DatabaseExtension(string Name, string Version, string Schema);
