using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>What the cmdlets share that read the history of recovery tests.</summary>
public abstract class DrTestHistoryCmdlet : OperationCmdlet
{
    private readonly List<DeploymentReference> _references = [];

    /// <summary>The directory that keeps the sets and, beside them, the results; this user's own results are read in any case.</summary>
    [Parameter(Position = 0)]
    public RepositoryReference? Repository { get; set; }

    /// <summary>Deployments: objects, or names with wildcards; else the plan's, else all.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [SupportsWildcards]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        _references.AddRange(Deployment);
        return Task.CompletedTask;
    }

    /// <summary>The repository given, or the plan's; null when there is neither.</summary>
    private protected async Task<IBackupRepository?> RepositoryAsync(CancellationToken cancellationToken) =>
        Repository is null && Plan is null ? null : await OpenOrPlannedAsync(Repository, cancellationToken).ConfigureAwait(false);

    /// <summary>The names wanted; null means all.</summary>
    private protected async Task<IReadOnlyList<string>?> NamesAsync(CancellationToken cancellationToken) =>
        _references.Count > 0
            ? [.. _references.Select(reference => reference.Deployment?.Name ?? reference.Text!)]
            : await PlannedNameAsync(cancellationToken).ConfigureAwait(false) is { } name ? [name] : null;

    private protected static DrTestHistory History(IBackupRepository? repository) =>
        repository is null ? new DrTestHistory(DrTestFolders.Local) : new DrTestHistory(DrTestFolders.Local, repository.DrTests);

    private protected static bool Matches(IReadOnlyList<string>? patterns, string value) =>
        patterns is null || patterns.Any(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(value));
}
