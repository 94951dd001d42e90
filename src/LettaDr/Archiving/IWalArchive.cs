namespace LettaDr;

/// <summary>The write-ahead log of one cluster, as received into a repository.</summary>
internal interface IWalArchive
{
    /// <summary>Where it is, for people.</summary>
    string Location { get; }

    /// <summary>The cluster's system identifier.</summary>
    string SystemIdentifier { get; }

    /// <summary>All segments, ordered by name; one is listed once, complete rather than partial.</summary>
    IReadOnlyList<WalFile> Files();

    /// <summary>The histories of all timelines but the first.</summary>
    IReadOnlyList<TimelineHistory> Histories();

    /// <summary>Opens a segment for its content: decompressed, as PostgreSQL wrote it.</summary>
    Stream OpenContent(WalFile file);
}
