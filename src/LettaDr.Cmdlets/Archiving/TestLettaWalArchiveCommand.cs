using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Tests archives: that no segment is missing on any timeline, that every record holds, and that the recoverable moment is young enough.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LettaWalArchive")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestLettaWalArchiveCommand : WalArchiveCmdlet
{
    private bool _allPassed = true;
    private bool _tested;

    /// <summary>How old the recoverable moment may be; else what the plan demands of the database.</summary>
    [Parameter]
    public TimeSpan RecoveryPointObjective { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Writes one Boolean instead: true when every check was made and passed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var (begun, done) = (0, 0);
        var plan = await PlanAsync(cancellationToken).ConfigureAwait(false);
        var objective = plan is null || IsGiven(nameof(RecoveryPointObjective)) ? RecoveryPointObjective : plan.Objectives.DatabaseRpo;
        await ForEachArchiveAsync(
            async (repository, docker, archive) =>
            {
                begun++;
                foreach (var result in await new WalArchiveTesting(repository, docker, Observer).RunAsync(archive, objective, cancellationToken).ConfigureAwait(false))
                {
                    Write(result);
                }

                done++;
            },
            cancellationToken).ConfigureAwait(false);

        // An archive that was not found, or could not be tested, has not passed.
        _allPassed &= begun > 0 && done == begun;
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        if (Quiet)
        {
            WriteObject(_tested && _allPassed);
        }

        return Task.CompletedTask;
    }

    private void Write(CheckResult result)
    {
        _tested = true;
        _allPassed &= result.Outcome == Outcome.Passed;
        if (!Quiet)
        {
            WriteObject(result);
        }
    }
}
