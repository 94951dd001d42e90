namespace LettaDr.Systems;

/// <summary>A physical copy laid out and recovered in a throw-away container, further and further as it is told.</summary>
internal sealed class ClusterRecovery(
    ScratchContainer container, RecoveryExchange exchange, IBackupRepository repository, ProgressMeter meter, ClusterPlace place) : IAsyncDisposable
{
    private WalFeed? _feed;
    private RecoveryServer? _server;

    /// <summary>Segments that are fetched before the server asks for them.</summary>
    public int Ahead { get; init; } = WalFeed.DefaultAhead;

    /// <summary>The server; it pauses, or has been promoted.</summary>
    public RecoveryServer Server => _server!;

    /// <summary>Lays the files of a copy out, and of those that it builds on.</summary>
    public async Task LayAsync(IReadOnlyList<Backup> chain, CancellationToken cancellationToken)
    {
        meter.Stage("Unpacking the copy", ClusterMaterial.StoredBytes(chain));
        await new ClusterMaterial(container, exchange, repository, meter.Add).LayAsync(
            chain, place.Work, place.Directory, place.User, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Replays the log to a position, beginning or going on; the server pauses there when this returns.</summary>
    public async Task RecoverAsync(RecoveryLog log, RecoveryStop stop, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        if (_server is not null)
        {
            await _server.StopAsync(cancellationToken).ConfigureAwait(false);
            await EndAsync().ConfigureAwait(false);
        }

        meter.Stage($"Replaying the log to {stop.Lsn}", (long)log.Segments.Count * log.SegmentSize);
        _feed = new WalFeed(exchange, log, Ahead, meter.Add);
        _server = await RecoveryServer.StartAsync(container, exchange, _feed, place.User, place.Directory, stop, roles, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads every row, and compares everything with an inventory.</summary>
    /// <returns>All differences; none is the proof.</returns>
    public async Task<IReadOnlyList<InventoryDifference>> CompareAsync(DatabaseInventory expected, string database, int jobs, CancellationToken cancellationToken)
    {
        await using var source = new PostgresDatabaseSource(new PostgresConnector(Server.Endpoint(database), OperationId.Next()), null);
        var found = await InventoryFingerprinter.ReadAsync(source, expected, jobs, meter, cancellationToken).ConfigureAwait(false);
        return InventoryComparer.Compare(expected, found, null);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => EndAsync();

    private async ValueTask EndAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync().ConfigureAwait(false);
            _server = null;
        }

        if (_feed is not null)
        {
            await _feed.DisposeAsync().ConfigureAwait(false);
            _feed = null;
        }
    }
}
