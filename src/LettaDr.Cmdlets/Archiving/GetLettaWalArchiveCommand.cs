using System.Management.Automation;

namespace LettaDr.Cmdlets;

/// <summary>Tells of the archives of a repository whether they receive, and to what moment they can be recovered, by what was found in them.</summary>
[Cmdlet(VerbsCommon.Get, "LettaWalArchive")]
[OutputType(typeof(WalArchive))]
public sealed class GetLettaWalArchiveCommand : WalArchiveCmdlet
{
    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachArchiveAsync(
        (_, _, archive) =>
        {
            foreach (var warning in archive.Warnings)
            {
                WriteWarning($"{archive.Deployment}: {warning}");
            }

            WriteObject(archive);
            return Task.CompletedTask;
        },
        cancellationToken);
}
