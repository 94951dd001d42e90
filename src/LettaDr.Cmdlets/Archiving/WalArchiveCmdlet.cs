using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>What cmdlets on the archives of a repository share: which they are.</summary>
public abstract class WalArchiveCmdlet : OperationCmdlet
{
    /// <summary>The directory that holds the archives.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public RepositoryReference Repository { get; set; } = null!;

    /// <summary>Names of deployments; wildcards are allowed.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public string[]? Deployment { get; set; }

    /// <summary>Only the archive of this cluster, by its system identifier.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? SystemIdentifier { get; set; }

    /// <summary>Works on each archive that is asked for; the engine is null where none answers.</summary>
    private protected Task ForEachArchiveAsync(Func<IBackupRepository, DockerEngine?, WalArchive, Task> work, CancellationToken cancellationToken) =>
        ForEachItemAsync([Repository], async reference =>
        {
            var repository = await OpenAsync(reference, cancellationToken).ConfigureAwait(false);
            using var docker = await DockerEngine.TryConnectAsync(cancellationToken).ConfigureAwait(false);
            var archives = await new WalArchiveInspection(repository, docker).ListAsync(Matches, cancellationToken).ConfigureAwait(false);
            var wanted = archives.Where(archive => SystemIdentifier is null || archive.SystemIdentifier == SystemIdentifier).ToList();
            if (wanted.Count == 0 && (SystemIdentifier ?? Deployment?.FirstOrDefault(name => !WildcardPattern.ContainsWildcardCharacters(name))) is { } named)
            {
                throw new LettaDrException(
                    "WalArchiveNotFound", FaultKind.NotFound, $"The repository {repository.Location} has no archive of the log of {named}.",
                    "Start-LettaWalArchive begins one; Get-LettaWalArchive lists those that there are.", named);
            }

            await ForEachItemAsync(wanted, archive => work(repository, docker, archive)).ConfigureAwait(false);
        });

    private bool Matches(string name) =>
        Deployment is null || Deployment.Any(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(name));
}
