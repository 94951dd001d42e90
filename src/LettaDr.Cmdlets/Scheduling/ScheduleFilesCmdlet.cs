using System.Management.Automation;

namespace LettaDr.Cmdlets;

/// <summary>What cmdlets on a scheduler's files share: where those are.</summary>
public abstract class ScheduleFilesCmdlet : ScheduleCmdlet
{
    /// <summary>A folder for the files instead of the scheduler's own, e.g. of a package or another machine; the scheduler is told nothing.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Folder { get; set; }

    /// <summary>The folder given, absolute.</summary>
    private protected async Task<string?> FolderAsync(CancellationToken cancellationToken) => Folder is null ? null
        : await AskAsync(() => SessionState.Path.GetUnresolvedProviderPathFromPSPath(Folder), cancellationToken).ConfigureAwait(false);
}
