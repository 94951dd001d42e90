namespace LettaDr;

/// <summary>What one connection loads.</summary>
/// <param name="Table">The table.</param>
/// <param name="Files">Files of its rows, one after the other.</param>
/// <param name="WholeTable">Whether these are all of its rows.</param>
internal sealed record TableLoad(TableInventory Table, IReadOnlyList<BackupFile> Files, bool WholeTable);
