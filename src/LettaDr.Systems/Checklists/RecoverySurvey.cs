using System.Security.Cryptography.X509Certificates;

namespace LettaDr.Systems;

/// <summary>Gathers what a deployment's recovery objectives are measured by: its repository, journals, and the deployment itself where it is there.</summary>
/// <param name="repository">The repository.</param>
/// <param name="journals">Journals beside those of the repository: this user's own.</param>
/// <param name="observer">Is told how far it is.</param>
internal sealed class RecoverySurvey(IBackupRepository repository, IJournalStore journals, IOperationObserver observer)
{
    /// <summary>Certificates that open what sets hold encrypted; those of the user's store are tried too.</summary>
    public IReadOnlyList<X509Certificate2> Certificates { get; init; } = [];

    /// <summary>The passphrase that opens it.</summary>
    public Secret? Passphrase { get; init; }

    /// <summary>Of a deployment that is there.</summary>
    public async Task<RecoveryEvidence> ReadAsync(LettaDeployment deployment, CancellationToken cancellationToken)
    {
        var evidence = await RecordedAsync(deployment.Name, cancellationToken).ConfigureAwait(false) with
        {
            IsLive = true, HasNoCache = deployment is { Cache: null, Server.Container: not null },
        };
        observer.Verbose("Asking the deployment");
        var bytes = await TryAsync(() => SizeAsync(deployment.Database, cancellationToken)).ConfigureAwait(false);
        var cache = deployment.Cache is null
            ? (null, null)
            : await TryAsync<CachePersistence?>(async () => await RedisPersistence.ReadAsync(deployment.Cache, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        var drift = evidence.Newest(BackupParts.Configuration) is not { } set
            ? (null, null)
            : await TryAsync<ConfigurationDrift?>(async () => await DriftAsync(deployment, set, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return evidence with
        {
            // The clock is read last: what is younger than the evidence must not look older than now.
            Now = DateTimeOffset.UtcNow, DatabaseBytes = bytes.Value, Cache = cache.Value, CacheProblem = cache.Problem, Drift = drift.Value,
            DriftProblem = drift.Problem,
        };
    }

    /// <summary>Of a deployment of which only the repository is left.</summary>
    /// <exception cref="LettaDrException">The repository knows no such deployment.</exception>
    public async Task<RecoveryEvidence> ReadAsync(string deployment, CancellationToken cancellationToken)
    {
        var evidence = await RecordedAsync(deployment, cancellationToken).ConfigureAwait(false);
        return evidence.Sets.Count + evidence.Journals.Count > 0 || evidence.ArchiveProblem is not null ? evidence : throw new LettaDrException(
            "DeploymentNotInRepository", FaultKind.NotFound, $"The repository {repository.Location} holds nothing of a deployment {deployment}.",
            "Get-LettaBackup lists the deployments that it holds sets of.", deployment);
    }

    private async Task<RecoveryEvidence> RecordedAsync(string deployment, CancellationToken cancellationToken)
    {
        observer.Verbose("Reading sets and journals");
        var sets = repository.List(deployment, includeIncomplete: false);
        var ids = sets.Select(set => set.Id).ToHashSet(StringComparer.Ordinal);
        IJournalStore[] stores = [repository.Journals(deployment), journals];

        // A drill restores under another name; that it was of this deployment shows by its set. Both stores hold most journals, and one
        // may have missed an end.
        var found = RecoveryRuns.Kinds.Append("Backup").SelectMany(kind => stores.SelectMany(store => store.Find(kind, null)))
            .Where(journal => journal.Deployment == deployment || (journal.BackupId is not null && ids.Contains(journal.BackupId)))
            .GroupBy(journal => (journal.Kind, journal.Id)).Select(same => same.MaxBy(journal => journal.EndedAt)!);
        var evidence = new RecoveryEvidence { Deployment = deployment, Now = DateTimeOffset.UtcNow, Sets = sets, Journals = [.. found] };
        var ((point, why), problem) = await TryAsync(() => Task.FromResult(OfArchive(evidence, cancellationToken))).ConfigureAwait(false);
        return evidence with { Now = DateTimeOffset.UtcNow, Archive = point, ArchiveProblem = why ?? problem };
    }

    private (RecoverablePoint? Point, string? Problem) OfArchive(RecoveryEvidence evidence, CancellationToken cancellationToken)
    {
        var copy = evidence.Newest(BackupParts.Cluster);
        var archive = DirectoryWalArchive.Open(repository, evidence.Deployment, copy?.Manifest!.Cluster!.SystemIdentifier)
            ?? DirectoryWalArchive.Open(repository, evidence.Deployment);
        return archive is null ? (null, null)
            : copy is null ? (null, "The archive of log brings nothing back without a physical copy to replay it on (Backup-LettaDatabase -Type Base).")
            : copy.Manifest!.Cluster!.SystemIdentifier != archive.SystemIdentifier
                ? (null, $"The archive of log is of cluster {archive.SystemIdentifier}, and the newest physical copy {copy.Id} of another.")
            : ArchiveRecovery.Of(archive, copy, cancellationToken);
    }

    private static Task<long?> SizeAsync(DatabaseEndpoint database, CancellationToken cancellationToken) => PostgresFaults.GuardAsync(database, async () =>
    {
        await using var connection = await new PostgresConnector(database, OperationId.Next()).OpenOnlyAsync(cancellationToken).ConfigureAwait(false);
        return await PostgresConnector.ScalarAsync<long?>(
            connection, "SELECT pg_catalog.pg_database_size(pg_catalog.current_database())", cancellationToken).ConfigureAwait(false);
    });

    private async Task<ConfigurationDrift> DriftAsync(LettaDeployment deployment, Backup set, CancellationToken cancellationToken)
    {
        var comparison = new ConfigurationComparison(Certificates, Passphrase, NoObserver.Instance);
        var then = comparison.Read(set, repository);
        var now = await comparison.ReadAsync(deployment, cancellationToken).ConfigureAwait(false);
        return ConfigurationDrift.Of(set, now, comparison.Compare(then, now, includeEqual: false));
    }

    /// <summary>A member that does not answer makes its own objective fail, and not the others.</summary>
    private async Task<(T? Value, string? Problem)> TryAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return (await work().ConfigureAwait(false), null);
        }
        catch (LettaDrException fault)
        {
            observer.Verbose(fault.Message);
            return (default, fault.Message);
        }
    }
}
