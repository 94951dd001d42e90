using Npgsql;

namespace LettaDr.Systems;

/// <summary>A running PostgreSQL cluster, copied by pg_basebackup; its log is read through a session that keeps the server from recycling it.</summary>
/// <param name="connector">Connects to the server.</param>
/// <param name="programs">The programs that match it.</param>
/// <param name="openBeside">Makes a place beside it whose programs write into a folder of this machine; null where there is none.</param>
internal sealed class PostgresClusterSource(
    PostgresConnector connector, PostgresPrograms programs, Func<string, CancellationToken, Task<ServerCompanion?>>? openBeside) : IClusterSource
{
    private const int HistoryLimit = 1 << 20;
    private const int SnapshotAttempts = 20;

    private readonly ClusterPreflight _preflight = new(connector.Endpoint);
    private NpgsqlConnection? _control;
    private ClusterState _state = null!;
    private Task _removal = Task.CompletedTask;

    /// <inheritdoc/>
    public Task<ClusterState> BeginAsync(BaseBackupType type, CancellationToken cancellationToken) => TranslateAsync(async () =>
    {
        // A pg_basebackup of a dead process of ours is in no database, and has a walsender of the server's few.
        const string EndOrphans = """
            SELECT pg_catalog.pg_terminate_backend(a.pid) FROM pg_catalog.pg_stat_activity AS a
            WHERE a.application_name ~ '^LettaDr [^ ]+$' AND a.usename = CURRENT_USER AND a.backend_type = 'walsender'
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity AS c WHERE c.application_name = a.application_name || ' control')
            """;
        _control = await connector.OpenControlAsync(cancellationToken).ConfigureAwait(false);
        await PostgresConnector.ExecuteAsync(_control, EndOrphans, cancellationToken).ConfigureAwait(false);
        _state = await _preflight.RunAsync(_control, type, cancellationToken).ConfigureAwait(false);
        await programs.RequireAsync("pg_basebackup", _preflight.Major, cancellationToken).ConfigureAwait(false);
        await programs.UnstageOrphansAsync(_control, cancellationToken).ConfigureAwait(false);

        // Of this session alone: whichever way it ends, the server forgets the slot, and no log is kept for the dead.
        var slot = "lettadr_" + connector.OperationId.ToLowerInvariant().Replace('-', '_');
        await PostgresConnector.ExecuteAsync(
            _control, $"SELECT pg_catalog.pg_create_physical_replication_slot({PostgresName.Literal(slot)}, true, true)", cancellationToken).ConfigureAwait(false);
        return _state;
    });

    /// <inheritdoc/>
    public async Task<byte[]> CopyAsync(
        Func<Stream>? openParent, int compressionLevel, int jobs, IBackupSetWriter set, Action<long> onBytes, CancellationToken cancellationToken)
    {
        if (_preflight.Major >= BaseBackupProgram.FirstWithZstd && openBeside is not null && set.Incoming is { } incoming
            && await openBeside(incoming, cancellationToken).ConfigureAwait(false) is { } companion)
        {
            try
            {
                var beside = new BaseBackupProgram(programs.In(companion.Host), connector.OperationId, openParent);
                var written = new BaseBackupFolder(beside, set, incoming).RunAsync(compressionLevel, jobs, cancellationToken);
                await new BaseBackupProgress(_control!, connector.ApplicationName).FollowAsync(written, onBytes).ConfigureAwait(false);
                if (await written.ConfigureAwait(false) is { } manifest)
                {
                    return manifest;
                }
            }
            finally
            {
                // Nobody waits for Docker while there is something to do.
                _removal = companion.DisposeAsync().AsTask();
            }
        }

        var program = new BaseBackupProgram(programs, connector.OperationId, openParent);
        return await new BaseBackupStream(program, connector.OperationId, set, compressionLevel, onBytes)
            .RunAsync(_preflight.Major, _preflight.Tablespaces, _state.Bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<ClusterSnapshot> SnapshotAsync(uint timeline, Lsn start, CancellationToken cancellationToken) => TranslateAsync(async () =>
    {
        var position = new SnapshotPosition();
        var walked = start;
        for (var attempt = 1; ; attempt++)
        {
            var source = new PostgresDatabaseSource(connector, null) { SequencesFirst = true };
            try
            {
                var inventory = await source.BeginSnapshotAsync(cancellationToken).ConfigureAwait(false);
                var visible = await source.VisibleAsync(cancellationToken).ConfigureAwait(false);
                walked = await WalkAsync(position, timeline, walked, cancellationToken).ConfigureAwait(false);
                if (position.Find(visible) is { } unseen && !await StandbyAwaitedAsync(cancellationToken).ConfigureAwait(false))
                {
                    var unlogged = await source.UnloggedAsync(cancellationToken).ConfigureAwait(false);
                    return new ClusterSnapshot(source, UnloggedContent.Leave(inventory, unlogged), unseen.Start, unseen.End, attempt);
                }
            }
            catch
            {
                await source.DisposeAsync().ConfigureAwait(false);
                throw;
            }

            await source.DisposeAsync().ConfigureAwait(false);
            if (attempt == SnapshotAttempts)
            {
                throw new LettaDrException(
                    "SnapshotNotInLog", FaultKind.Busy,
                    $"In {SnapshotAttempts} attempts no snapshot of {connector.Endpoint.Database} could be taken that equals a position in the server's log: transactions keep ending in another order than they are logged.",
                    "Run the command again when fewer transactions commit at once.", connector.Endpoint);
            }
        }
    });

    /// <inheritdoc/>
    public Task CopyLogAsync(uint timeline, Lsn start, Lsn end, Func<string, Stream> open, CancellationToken cancellationToken) => OnLogAsync(
        connection =>
        {
            var buffer = new byte[1 << 20];
            var last = WalSegment.At(timeline, new Lsn(end.Value - 1), _state.SegmentSize);
            for (var segment = WalSegment.At(timeline, start, _state.SegmentSize); segment.Number <= last.Number; segment = segment with { Number = segment.Number + 1 })
            {
                using var file = open(segment.Name);
                using var content = new ServerLogStream(connection, segment);
                var kept = Math.Min(end - segment.Start, segment.Size);
                for (long copied = 0; copied < segment.Size;)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var length = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
                    buffer.AsSpan((int)Math.Clamp(kept - copied, 0, length)..length).Clear();
                    file.Write(buffer, 0, length);
                    copied += length;
                }
            }

            CopyHistory(connection, timeline, open);
            return true;
        },
        cancellationToken);

    // A server follows no timeline but the first without its history.
    private static void CopyHistory(NpgsqlConnection connection, uint timeline, Func<string, Stream> open)
    {
        if (timeline == 1)
        {
            return;
        }

        var name = new TimelineHistory { Timeline = timeline }.FileName;
        using var command = new NpgsqlCommand($"SELECT pg_catalog.pg_read_binary_file('pg_wal/{name}', 0, {HistoryLimit})", connection);
        using var file = open(name);
        file.Write((byte[])command.ExecuteScalar()!);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_control is not null)
        {
            await _control.DisposeAsync().ConfigureAwait(false);
            _control = null;
        }

        await _removal.ConfigureAwait(false);
    }

    /// <summary>Commits something, so that the log goes on beyond the snapshot, and walks to there.</summary>
    private Task<Lsn> WalkAsync(SnapshotPosition position, uint timeline, Lsn from, CancellationToken cancellationToken) => OnLogAsync(
        connection =>
        {
            PostgresConnector.Execute(
                connection, $"SET synchronous_commit = local; SELECT pg_catalog.pg_logical_emit_message(true, 'lettadr', {PostgresName.Literal(connector.OperationId)})");
            var flushed = ServerLog.Flushed(connection);
            var log = new ServerLog(connection, connector.Endpoint.ToString(), _state.SystemIdentifier, WalSegment.At(timeline, from, _state.SegmentSize));
            var walk = new WalWalk(log, new TimelineHistory { Timeline = timeline }, from);
            foreach (var passed in walk.Events(cancellationToken))
            {
                position.Add(passed);
                if (passed.End >= flushed)
                {
                    return passed.End;
                }
            }

            // Beyond what was flushed, a segment holds what was there before; the walk stops at that, and must not have stopped sooner.
            return walk.End!.Position >= flushed
                ? walk.End.Position
                : throw new LettaDrException(
                    "WalUnreadable", FaultKind.DataCorrupt, $"The server's log cannot be read from {walk.End.Position} on, though it reaches {flushed}: {walk.End.Detail}",
                    "See the server's log and its disk; nothing was published.", connector.Endpoint);
        },
        cancellationToken);

    /// <summary>
    /// Whether a transaction that was logged before the copy was begun still waits for a standby: nobody sees it yet, and a recovery
    /// would bring it back.
    /// </summary>
    private async Task<bool> StandbyAwaitedAsync(CancellationToken cancellationToken) => await PostgresConnector.ScalarAsync<bool>(
        _control!,
        """
        SELECT EXISTS (
            SELECT FROM pg_catalog.pg_stat_activity AS a
            WHERE a.wait_event = 'SyncRep' AND a.xact_start < (SELECT c.backend_start FROM pg_catalog.pg_stat_activity AS c WHERE c.pid = pg_catalog.pg_backend_pid()))
        """,
        cancellationToken).ConfigureAwait(false);

    /// <summary>Works with the session that the server keeps its log for; nobody else uses it meanwhile.</summary>
    private Task<T> OnLogAsync<T>(Func<NpgsqlConnection, T> work, CancellationToken cancellationToken) =>
        TranslateAsync(async () => (await connector.StreamAsync(null, _control, work, cancellationToken).ConfigureAwait(false)).Result);

    private Task<T> TranslateAsync<T>(Func<Task<T>> work) => PostgresFaults.GuardAsync(connector.Endpoint, work);
}
