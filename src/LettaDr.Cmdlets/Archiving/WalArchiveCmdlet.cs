using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>What cmdlets on the archives of a repository share: which they are.</summary>
public abstract class WalArchiveCmdlet : OperationCmdlet
{
    /// <summary>The directory that holds the archives.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public RepositoryReference? Repository { get; set; }

    /// <summary>Names of deployments; wildcards are allowed. Else the plan's, else all.</summary>
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
            var repository = await OpenOrPlannedAsync(reference, cancellationToken).ConfigureAwait(false);
            var names = await NamesAsync(cancellationToken).ConfigureAwait(false);
            using var docker = await DockerEngine.TryConnectAsync(cancellationToken).ConfigureAwait(false);
            var archives = await new WalArchiveInspection(repository, docker).ListAsync(name => Matches(names, name), cancellationToken).ConfigureAwait(false);
            var wanted = archives.Where(archive => SystemIdentifier is null || archive.SystemIdentifier == SystemIdentifier).ToList();
            if (wanted.Count == 0 && (SystemIdentifier ?? names?.FirstOrDefault(name => !WildcardPattern.ContainsWildcardCharacters(name))) is { } named)
            {
                throw new LettaDrException(
                    "WalArchiveNotFound", FaultKind.NotFound, $"The repository {repository.Location} has no archive of the log of {named}.",
                    "Start-LettaWalArchive begins one; Get-LettaWalArchive lists those that there are.", named);
            }

            await ForEachItemAsync(wanted, archive => work(repository, docker, archive)).ConfigureAwait(false);
        });

    private async Task<IReadOnlyList<string>?> NamesAsync(CancellationToken cancellationToken) =>
        Deployment ?? (await PlannedNameAsync(cancellationToken).ConfigureAwait(false) is { } name ? [WildcardPattern.Escape(name)] : null);

    private static bool Matches(IReadOnlyList<string>? names, string name) =>
        names is null || names.Any(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(name));
}
