using System.Management.Automation;
using System.Runtime.CompilerServices;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>
/// <para type="synopsis">Tests each member of a Letta deployment: reachable, authenticated, version, and ready by a real query.</para>
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "LettaDeployment")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestLettaDeploymentCommand : DeploymentTestCmdlet
{
    private protected override async IAsyncEnumerable<CheckResult> CheckAsync(
        DeploymentReference reference, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var deployment = await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false);
        await foreach (var result in new DeploymentProbe().CheckAsync(deployment, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }
}
