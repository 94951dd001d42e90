using System.Globalization;

namespace LettaDr.Systems;

/// <summary>The log of one cluster as pgBackRest has archived it, in all repositories of a stanza; each file is fetched by pgBackRest itself.</summary>
internal sealed class StanzaLog : IWalArchive
{
    private readonly IReadOnlyList<WalFile> _files;
    private readonly IReadOnlyList<TimelineHistory> _histories;
    private readonly Func<string, Task<Stream>> _fetch;

    private StanzaLog(
        string stanza, string systemIdentifier, IReadOnlyList<WalFile> files, IReadOnlyList<WalSegment> partials,
        IReadOnlyList<TimelineHistory> histories, Func<string, Task<Stream>> fetch)
    {
        (Location, SystemIdentifier, Partials) = ($"of stanza {stanza}", systemIdentifier, partials);
        (_files, _histories, _fetch) = (files, histories, fetch);
    }

    /// <inheritdoc/>
    public string Location { get; }

    /// <inheritdoc/>
    public string SystemIdentifier { get; }

    /// <summary>Segments that were archived in part, which pgBackRest gives to no recovery.</summary>
    public IReadOnlyList<WalSegment> Partials { get; }

    /// <summary>Lists what there is.</summary>
    /// <param name="container">Where pgBackRest runs.</param>
    /// <param name="stanza">The stanza.</param>
    /// <param name="systemIdentifier">The cluster.</param>
    /// <param name="directory">A folder of that cluster, by which pgBackRest sees whose log it is.</param>
    /// <param name="segmentSize">Bytes of each of its segments.</param>
    /// <param name="cancellationToken">Stops it, and the reading of files later.</param>
    public static async Task<StanzaLog> ReadAsync(
        PgBackRestContainer container, PgBackRestStanza stanza, string systemIdentifier, string directory, int segmentSize, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, WalFile>(StringComparer.Ordinal);
        var partials = new HashSet<WalSegment>();
        var timelines = new SortedSet<uint>();
        foreach (var archive in stanza.Archives.Where(archive => archive.SystemIdentifier == systemIdentifier))
        {
            var list = PgBackRestArchiveList.Read(await container.Program.ListLogAsync(stanza.Name, archive, cancellationToken).ConfigureAwait(false), segmentSize);
            timelines.UnionWith(list.Timelines);
            partials.UnionWith(list.Partials);
            foreach (var file in list.Files)
            {
                // What one repository lacks, pgBackRest takes from another.
                files.TryAdd(file.Segment.Name, file);
            }
        }

        var histories = new List<TimelineHistory>();
        foreach (var timeline in timelines)
        {
            var name = new TimelineHistory { Timeline = timeline }.FileName;
            using var text = new StreamReader(await FetchAsync(name).ConfigureAwait(false));
            histories.Add(Parse(timeline, await text.ReadToEndAsync(cancellationToken).ConfigureAwait(false), stanza.Name));
        }

        return new StanzaLog(stanza.Name, systemIdentifier, [.. files.Values], [.. partials], histories, FetchAsync);

        Task<Stream> FetchAsync(string name) => container.FetchAsync(stanza.Name, directory, name, cancellationToken);
    }

    /// <inheritdoc/>
    public IReadOnlyList<WalFile> Files() => _files;

    /// <inheritdoc/>
    public IReadOnlyList<TimelineHistory> Histories() => _histories;

    /// <inheritdoc/>
    public Stream OpenContent(WalFile file) => _fetch(file.Segment.Name).GetAwaiter().GetResult();

    private static TimelineHistory Parse(uint timeline, string text, string stanza)
    {
        try
        {
            return TimelineHistory.Parse(timeline, text);
        }
        catch (FormatException damaged)
        {
            throw new LettaDrException(
                "WalFileDamaged", FaultKind.DataCorrupt,
                string.Create(CultureInfo.InvariantCulture, $"The history of timeline {timeline} in the archive of stanza {stanza} is damaged: {damaged.Message}"),
                "Bring it back from pg_wal of a server that has it, or from another repository.", stanza, damaged);
        }
    }
}
