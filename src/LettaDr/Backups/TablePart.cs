namespace LettaDr;

/// <summary>A range of a table's blocks that one connection reads.</summary>
/// <param name="Table">The table.</param>
/// <param name="FirstBlock">First block of the range; null reads from the beginning.</param>
/// <param name="EndBlock">First block after the range; null reads to the end, whatever has been added since.</param>
/// <param name="Bytes">About how many bytes it holds, for progress and for the order of work.</param>
internal sealed record TablePart(TableInventory Table, long? FirstBlock, long? EndBlock, long Bytes);
