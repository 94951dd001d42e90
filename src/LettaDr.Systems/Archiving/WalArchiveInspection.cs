using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Looks at archives: what was received by reading it, the receiver and the server where they can be asked.</summary>
/// <param name="repository">The repository.</param>
/// <param name="docker">The engine; null where there is none, as on a machine that only holds the repository.</param>
internal sealed class WalArchiveInspection(IBackupRepository repository, DockerEngine? docker)
{
    private const int EventsShown = 10;
    private const string Sql = """
        SELECT coalesce(s.wal_status, ''), pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END, s.restart_lsn)::bigint,
          s.safe_wal_size, current_setting('max_slot_wal_keep_size') FROM (SELECT 1) AS one LEFT JOIN pg_catalog.pg_replication_slots s ON s.slot_name = '{0}'
        """;

    /// <summary>The archives of the deployments whose names are asked for: of each cluster one.</summary>
    public async Task<IReadOnlyList<WalArchive>> ListAsync(Func<string, bool> wanted, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(repository.Location))
        {
            throw RepositoryFaults.NotFound(repository.Location);
        }

        var archives = new List<WalArchive>();
        foreach (var deployment in WalArchiveFolder.Deployments(repository).Where(wanted))
        {
            foreach (var system in WalArchiveFolder.List(repository, deployment))
            {
                archives.Add(await InspectAsync(deployment, system, cancellationToken).ConfigureAwait(false));
            }
        }

        return archives;
    }

    /// <summary>One archive.</summary>
    public async Task<WalArchive> InspectAsync(string deployment, string systemIdentifier, CancellationToken cancellationToken)
    {
        var directory = DirectoryWalArchive.Open(repository, deployment, systemIdentifier)!;
        var settings = directory.Settings;
        var archive = Read(directory, deployment, cancellationToken) with
        {
            Slot = settings?.Slot, MaximumSlotSize = settings?.MaximumSlotBytes,
            HeartbeatInterval = TimeSpan.FromSeconds(settings?.HeartbeatSeconds ?? 0), LastEvents = Events(directory.Location),
        };
        var receiver = docker is null ? null : await WalReceiver.FindAsync(docker, directory.Location, cancellationToken).ConfigureAwait(false);
        archive = WalArchiveJudge.State(archive, docker is null ? null : receiver is { Container.IsRunning: true }, DateTimeOffset.UtcNow);
        archive = await WithServerAsync(archive, settings, receiver, cancellationToken).ConfigureAwait(false);
        return archive with { Warnings = [.. archive.Warnings, .. WalArchiveJudge.Warnings(archive)] };
    }

    /// <summary>The newest set with a copy of the cluster that the archive's log may lead on from.</summary>
    public Backup? NewestBase(string deployment, string systemIdentifier) => Bases(deployment, systemIdentifier).LastOrDefault();

    /// <summary>The sets with a copy of the cluster, the oldest first.</summary>
    public IReadOnlyList<Backup> Bases(string deployment, string systemIdentifier) =>
        [.. repository.List(deployment, includeIncomplete: false).Where(backup => backup.Manifest?.Cluster?.SystemIdentifier == systemIdentifier)
            .OrderBy(backup => backup.Manifest!.Cluster!.SnapshotLsn)];

    private WalArchive Read(DirectoryWalArchive directory, string deployment, CancellationToken cancellationToken)
    {
        var files = directory.Files();
        var archive = new WalArchive
        {
            Deployment = deployment, Repository = repository.Location, Path = directory.Location, SystemIdentifier = directory.SystemIdentifier,
            State = WalArchiveState.Stopped, Timeline = files.Count > 0 ? files.Max(file => file.Segment.Timeline) : 1, Segments = files.Count, Size = files.Sum(file => file.StoredBytes),
        };
        try
        {
            var newest = NewestBase(deployment, directory.SystemIdentifier);
            var history = RecoveryTimelines.Of(directory).Choose(null, cancellationToken);
            var (chain, end) = WalTail.Read(directory, history, newest?.Manifest!.Cluster!.SnapshotLsn, cancellationToken);
            directory.Flush();
            return archive with
            {
                Holes = WalChain.Holes(files, directory.Histories()), BaseId = newest?.Id, StartLsn = end is null ? null : chain.Files[0].Segment.Start,
                RecoverableLsn = end?.Position, RecoverableAt = end?.LastCommitTime,
                Lag = end?.LastCommitTime is { } time ? TimeSpan.FromTicks(Math.Max(0, (DateTimeOffset.UtcNow - time).Ticks)) : null,
                Problem = end is null && newest is not null && files.Count > 0 ? $"The log that the set {newest.Id} needs next, {chain.Missing}, is not in the archive."
                    : end is { Reason: not WalEndReason.EndOfArchive } ? end.Detail : null,
            };
        }
        catch (LettaDrException broken) when (broken.Kind is FaultKind.DataCorrupt or FaultKind.InvalidArgument)
        {
            return archive with { Problem = $"{broken.Message} {broken.Remedy}".TrimEnd() };
        }
    }

    private async Task<WalArchive> WithServerAsync(
        WalArchive archive, WalArchiveSettings? settings, ContainerDetails? receiver, CancellationToken cancellationToken)
    {
        if (docker is null || settings?.Server is not { } name)
        {
            return archive;
        }

        try
        {
            var server = await docker.DescribeAsync(name, cancellationToken).ConfigureAwait(false);
            var psql = receiver is { Container.IsRunning: true }
                ? new LoopbackPsql(docker, receiver.Container.Id!, new Dictionary<string, string> { ["PGCONNECT_TIMEOUT"] = "5" })
                : WalServer.Psql(docker, server, settings.User, settings.Port);
            // A role that may receive the log may not be allowed to see more of the server than this.
            var (identity, refusal) = await psql.AskAsync(LoopbackPsql.Replication, "IDENTIFY_SYSTEM", cancellationToken).ConfigureAwait(false);
            var (fields, error) = await psql.AskAsync("postgres", string.Format(CultureInfo.InvariantCulture, Sql, settings.Slot).ReplaceLineEndings(" "), cancellationToken).ConfigureAwait(false);
            if (refusal is not null || identity.Length < 3 || identity[0] != archive.SystemIdentifier || error is not null || fields.Length < 4)
            {
                return archive;
            }

            var data = server.Environment.GetValueOrDefault("PGDATA") ?? "/var/lib/postgresql/data";
            var free = await new DockerProgramHost(docker, server.Container, settings.Port).FreeBytesAsync($"{data}/pg_wal", cancellationToken).ConfigureAwait(false);
            var written = Lsn.Parse(identity[2]);
            return WalArchiveJudge.Server(
                archive with { LagBytes = archive.RecoverableLsn is { } reached ? Math.Max(0, written - reached) : null, ServerFreeBytes = free },
                fields[0], Number(fields[1]), Number(fields[2]), fields[3]);
        }
        catch (LettaDrException unreachable) when (unreachable.Kind is FaultKind.NotFound or FaultKind.Unreachable or FaultKind.OperationFailed or FaultKind.Incompatible or FaultKind.Busy)
        {
            return archive;
        }
    }

    private static long? Number(string field) => long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The last lines of what happened to an archive.</summary>
    public static IReadOnlyList<string> Events(string folder)
    {
        try
        {
            return [.. File.ReadLines(Path.Combine(folder, WalArchiveFolder.Events)).TakeLast(EventsShown)];
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
