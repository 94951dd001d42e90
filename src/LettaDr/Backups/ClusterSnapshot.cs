namespace LettaDr;

/// <summary>A snapshot of a database whose position in the log is known.</summary>
/// <param name="Source">The database, read in the snapshot; whoever has this disposes of it.</param>
/// <param name="Inventory">The database, without fingerprints.</param>
/// <param name="Position">The position: a cluster recovered to just before what begins here holds what the snapshot sees.</param>
/// <param name="Through">The end of the record that begins there, by whose reading a recovery knows that it has arrived.</param>
/// <param name="Attempts">How many snapshots were taken until one had a position.</param>
internal sealed record ClusterSnapshot(IDatabaseSource Source, DatabaseInventory Inventory, Lsn Position, Lsn Through, int Attempts);
