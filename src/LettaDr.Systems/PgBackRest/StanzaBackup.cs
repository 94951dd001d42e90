namespace LettaDr.Systems;

/// <summary>A backup of a deployment's cluster by pgBackRest, with everything that it needs.</summary>
internal sealed class StanzaBackup : IDisposable
{
    private readonly IBackupRepository _repository;
    private readonly BackupRequest _request;
    private readonly PgBackRestRequest _asked;
    private readonly IOperationObserver _observer;
    private readonly DeploymentDatabase _database;
    private readonly PgBackRestPlace _place;

    private StanzaBackup(
        IBackupRepository repository, BackupRequest request, PgBackRestRequest asked, IOperationObserver observer, DeploymentDatabase database, PgBackRestPlace place) =>
        (_repository, _request, _asked, _observer, _database, _place) = (repository, request, asked, observer, database, place);

    /// <summary>Connects to the server, and finds where pgBackRest runs.</summary>
    /// <exception cref="LettaDrException">Either cannot be reached.</exception>
    public static async Task<StanzaBackup> OpenAsync(
        IBackupRepository repository, BackupRequest request, PgBackRestRequest asked, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var place = await PgBackRestPlace.OpenAsync(request.Deployment.Database, cancellationToken).ConfigureAwait(false);
        try
        {
            var database = await DeploymentDatabase.OpenForBackupAsync(request.Deployment, OperationId.Next(), cancellationToken).ConfigureAwait(false);
            return new StanzaBackup(repository, request, asked, observer, database, place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>Tells in words what it would do.</summary>
    /// <exception cref="LettaDrException">pgBackRest or the stanza is not there, or the stanza is of another cluster.</exception>
    public async Task<string> DescribeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.Connector.OpenAsync(null, cancellationToken).ConfigureAwait(false);
        var cluster = await PostgresConnector.SystemIdentifierAsync(connection, cancellationToken).ConfigureAwait(false);
        var program = new PgBackRestProgram(_place.Host);
        var stanza = await program.FindStanzaAsync(_asked.Stanza, cluster, cancellationToken).ConfigureAwait(false);
        return PgBackRestDescription.Plan(_request, stanza, _asked, program.Place, _repository.Location);
    }

    /// <summary>Makes the backup, and the set that proves it.</summary>
    public Task<Backup> RunAsync(IJournalStore journals, CancellationToken cancellationToken) => PgBackRestBackupPart.RunAsync(
        new BackupMaking(_repository, _observer, journals), _request, _asked, _repository, new PgBackRestProgram(_place.Host), _database.OpenCluster, cancellationToken);

    public void Dispose()
    {
        _database.Dispose();
        _place.Dispose();
    }
}
