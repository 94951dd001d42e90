namespace LettaDr;

/// <summary>A segment as an archive holds it.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="FileName">Name of the file in the archive.</param>
/// <param name="StoredBytes">Size of the file as stored.</param>
/// <param name="IsPartial">Whether it is still being received, or was when the server was lost: its end is not written.</param>
/// <param name="WrittenAt">When it was last written to, by the clock of the archive's machine.</param>
public sealed record WalFile(WalSegment Segment, string FileName, long StoredBytes, bool IsPartial, DateTimeOffset WrittenAt);
