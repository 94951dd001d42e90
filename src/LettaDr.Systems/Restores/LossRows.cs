namespace LettaDr.Systems;

/// <summary>What is read of a table to tell what was lost of it.</summary>
/// <param name="Total">All its rows.</param>
/// <param name="HasTimes">Whether it has identifiers, and tells when rows were made.</param>
/// <param name="Since">Since when rows are listed.</param>
/// <param name="Recent">Rows made or changed since then, by identifier.</param>
internal sealed record LossRows(long Total, bool HasTimes, DateTimeOffset Since, IReadOnlyDictionary<string, LossRow> Recent);
