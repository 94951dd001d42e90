namespace LettaDr;

/// <summary>A file of a physical copy, as PostgreSQL's manifest of it has it.</summary>
/// <param name="Path">Its path below the data directory.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Algorithm">What the checksum is computed by, e.g. <c>CRC32C</c>; null where it has none.</param>
/// <param name="Checksum">The checksum in hexadecimal digits.</param>
internal sealed record ClusterManifestFile(string Path, long Size, string? Algorithm, string? Checksum);
