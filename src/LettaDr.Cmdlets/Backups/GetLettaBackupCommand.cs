using System.Management.Automation;

namespace LettaDr.Cmdlets;

/// <summary>Lists the sets of a repository, the newest first.</summary>
[Cmdlet(VerbsCommon.Get, "LettaBackup")]
[OutputType(typeof(Backup))]
public sealed class GetLettaBackupCommand : OperationCmdlet
{
    /// <summary>The directory that keeps the sets.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public RepositoryReference Repository { get; set; } = null!;

    /// <summary>Ids of sets; wildcards are allowed.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    public string[]? Id { get; set; }

    /// <summary>Names of deployments; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? Deployment { get; set; }

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
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync([Repository], async reference =>
    {
        var repository = await OpenAsync(reference, cancellationToken).ConfigureAwait(false);
        var deployment = Deployment is [var only] && !WildcardPattern.ContainsWildcardCharacters(only) ? only : null;
        var backups = new BackupCatalog(repository).List(deployment, Incomplete)
            .Where(backup => Matches(Id, backup.Id) && Matches(Deployment, backup.Deployment) && Matches(Label, backup.Label)
                && (Since is null || backup.SnapshotTime >= Since) && (Until is null || backup.SnapshotTime <= Until));
        WriteObject(Newest is { } count ? backups.Take(count) : backups, enumerateCollection: true);
    });

    private static bool Matches(string[]? patterns, string? value) => patterns is null || (value is not null
        && patterns.Any(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(value)));
}
