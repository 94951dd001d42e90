using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Ends the receiving of a deployment's log; what was received stays.</summary>
[Cmdlet(VerbsLifecycle.Stop, "LettaWalArchive", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(WalArchive))]
public sealed class StopLettaWalArchiveCommand : WalArchiveCmdlet
{
    /// <summary>Drops the replication slot too: the server keeps no more log for this archive, and receiving again leaves a hole.</summary>
    [Parameter]
    public SwitchParameter DropSlot { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachArchiveAsync(
        async (repository, docker, archive) =>
        {
            var plan = $"Stop receiving the log of {archive.Deployment} into {archive.Path}; "
                + (DropSlot ? $"drop the replication slot {archive.Slot}" : $"keep the replication slot {archive.Slot}, for which the server goes on keeping its log");
            var loss = DropSlot
                ? "Whatever commits from now on can be recovered from no archive, and receiving again leaves a hole. Stop it?"
                : "Whatever commits from now on is on the server's disk only, and fills it. Stop it?";
            if (!await ShouldProcessAsync(plan + ".", $"{plan}. {loss}", "Stop archiving a server's log", cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            var engine = docker ?? throw new LettaDrException(
                "DockerNotReachable", FaultKind.Unreachable, $"No Docker engine answers, in which the log of {archive.Deployment} is received.",
                "Run this on the database's Docker host.", archive.Path);
            var stopping = new WalArchiveStopping(engine, repository, Observer);
            await stopping.RunAsync(archive, DropSlot, cancellationToken).ConfigureAwait(false);
            if (!DropSlot)
            {
                WriteWarning($"{archive.Deployment}: the slot {archive.Slot} stays, and the server keeps all its log for it: start again, or stop with -DropSlot.");
            }

            WriteObject(await new WalArchiveInspection(repository, engine).InspectAsync(archive.Deployment, archive.SystemIdentifier, cancellationToken).ConfigureAwait(false));
        },
        cancellationToken);
}
