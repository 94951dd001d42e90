using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Lists the sets of a repository, or the backups of pgBackRest's stanzas, the newest first.</summary>
[Cmdlet(VerbsCommon.Get, "LettaBackup", DefaultParameterSetName = InRepository)]
[OutputType(typeof(Backup))]
public sealed class GetLettaBackupCommand : OperationCmdlet
{
    private const string InRepository = "Repository";
    private const string InStanza = "Engine";

    /// <summary>The directory that keeps the sets; beside an engine, the one that keeps the proofs of its backups.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = InRepository)]
    [Parameter(ParameterSetName = InStanza)]
    [ValidateNotNull]
    public RepositoryReference? Repository { get; set; }

    /// <summary>PgBackRest lists what pgBackRest itself has, whoever made it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InStanza)]
    public BackupEngine Engine { get; set; }

    /// <summary>pgBackRest's stanza; all of them when not given.</summary>
    [Parameter(ParameterSetName = InStanza)]
    [ValidateNotNullOrEmpty]
    public string? Stanza { get; set; }

    /// <summary>Ids of sets; wildcards are allowed.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    public string[]? Id { get; set; }

    /// <summary>Deployments: names, with wildcards; beside an engine, the one whose container it runs in. Else the plan's.</summary>
    [Parameter(ParameterSetName = InRepository)]
    [Parameter(Position = 0, ParameterSetName = InStanza)]
    [SupportsWildcards]
    public DeploymentReference[]? Deployment { get; set; }

    /// <summary>Labels; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? Label { get; set; }

    /// <summary>Only sets of this moment or later.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only sets of this moment or earlier.</summary>
    [Parameter]
    public DateTimeOffset? Until { get; set; }

    /// <summary>Only the newest so many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Newest { get; set; }

    /// <summary>Shows also what is being written or was never finished.</summary>
    [Parameter]
    public SwitchParameter Incomplete { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ParameterSetName == InStanza && Engine == BackupEngine.PgBackRest
        ? ForEachDeploymentAsync(
            Deployment ?? [], async reference => Write(await ListStanzasAsync(reference, cancellationToken).ConfigureAwait(false)), cancellationToken)
        : ForEachItemAsync([Repository], async reference => Write(await ListAsync(reference, cancellationToken).ConfigureAwait(false)));

    private async Task<IEnumerable<Backup>> ListAsync(RepositoryReference? reference, CancellationToken cancellationToken)
    {
        var repository = await OpenOrPlannedAsync(reference, cancellationToken).ConfigureAwait(false);
        var names = await NamesAsync(cancellationToken).ConfigureAwait(false);
        var only = names is [var name] && !WildcardPattern.ContainsWildcardCharacters(name) ? name : null;
        return new BackupCatalog(repository).List(only, Incomplete).Where(backup => Matches(names, backup.Deployment));
    }

    private async Task<IEnumerable<Backup>> ListStanzasAsync(DeploymentReference reference, CancellationToken cancellationToken)
    {
        var deployment = await ResolveAsync(reference, null, cancellationToken).ConfigureAwait(false);
        var repository = Repository is null && Plan is null ? null : await OpenOrPlannedAsync(Repository, cancellationToken).ConfigureAwait(false);
        return await StanzaList.ReadAsync(deployment, Stanza, repository, cancellationToken).ConfigureAwait(false);
    }

    private void Write(IEnumerable<Backup> backups)
    {
        var wanted = backups.Where(backup => Matches(Id, backup.Id) && Matches(Label, backup.Label)
            && (Since is null || backup.SnapshotTime >= Since) && (Until is null || backup.SnapshotTime <= Until));
        WriteObject(Newest is { } count ? wanted.Take(count) : wanted, enumerateCollection: true);
    }

    private async Task<string[]?> NamesAsync(CancellationToken cancellationToken) => Deployment is not null
        ? [.. Deployment.Select(reference => reference.Deployment?.Name ?? reference.Text!)]
        : await PlannedNameAsync(cancellationToken).ConfigureAwait(false) is { } name ? [name] : null;

    private static bool Matches(string[]? patterns, string? value) => patterns is null || (value is not null
        && patterns.Any(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(value)));
}
