namespace LettaDr.Console.Commands;

/// <summary>The hash of a file: what Get-FileHash writes.</summary>
/// <param name="Algorithm">Which hash.</param>
/// <param name="Hash">Its value in upper-case hexadecimal digits.</param>
/// <param name="Path">Full path of the file.</param>
public sealed record FileHash(string Algorithm, string Hash, string Path);
