namespace LettaDr;

/// <summary>An extension that a server offers.</summary>
/// <param name="DefaultVersion">The version that CREATE EXTENSION installs.</param>
/// <param name="Versions">All versions that can be installed.</param>
/// <param name="NeedsSuperuser">Whether an ordinary owner of the database may not install it.</param>
internal sealed record AvailableExtension(string DefaultVersion, IReadOnlyList<string> Versions, bool NeedsSuperuser);
