namespace LettaDr;

/// <summary>Something that a record rests on, and its known digest.</summary>
/// <param name="Name">What, e.g. <c>seal of manifest.json</c>.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
internal sealed record ReportSource(string Name, string Sha256);
