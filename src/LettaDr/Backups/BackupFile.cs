namespace LettaDr;

/// <summary>A file of a set.</summary>
/// <param name="Name">Its path inside the set, with forward slashes.</param>
/// <param name="Size">Its size in bytes as stored.</param>
/// <param name="Sha256">SHA-256 of its bytes as stored, 64 lower-case hexadecimal digits.</param>
public sealed record BackupFile(string Name, long Size, string Sha256);
