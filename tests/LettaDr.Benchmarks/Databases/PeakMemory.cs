namespace LettaDr.Benchmarks;

/// <summary>Peak memory of our process at one size of database.</summary>
/// <param name="DatabaseBytes">Size of the database in bytes.</param>
/// <param name="Backup">Peak of a backup in bytes.</param>
/// <param name="Restore">Peak of a restore in bytes.</param>
internal sealed record PeakMemory(long DatabaseBytes, long Backup, long Restore);
