using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Writes a plan file for a deployment: what was found, what the guide demands, and where people have to fill in.</summary>
[Cmdlet(VerbsCommon.New, "LettaDrPlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(DrPlan))]
public sealed class NewLettaDrPlanCommand : AsyncCmdlet
{
    /// <summary>The deployment: an object of Get-LettaDeployment, or a text that names it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public DeploymentReference Deployment { get; set; } = null!;

    /// <summary>The directory that keeps the sets; it need not be there yet.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public RepositoryReference Repository { get; set; } = null!;

    /// <summary>The file to write, or a folder for it.</summary>
    [Parameter(Position = 2)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = PlanWriting.FileName;

    /// <summary>The plan's name, instead of the deployment's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Writes the schema beside the plan, and tells editors of it.</summary>
    [Parameter]
    public SwitchParameter IncludeSchema { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        try
        {
            var writing = new PlanWriting(await FullPathAsync(cancellationToken).ConfigureAwait(false) is var path && Directory.Exists(path)
                ? System.IO.Path.Combine(path, PlanWriting.FileName) : path);
            writing.Check(Force);
            await WriteAsync(writing, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException fault)
        {
            WriteFault(fault, Deployment);
        }
    }

    private async Task WriteAsync(PlanWriting writing, CancellationToken cancellationToken)
    {
        var (here, repository) = await AskAsync(
            () => (SessionState.Path.CurrentFileSystemLocation.ProviderPath, SessionState.Path.GetUnresolvedProviderPathFromPSPath(Repository.Location)),
            cancellationToken).ConfigureAwait(false);
        var found = await new DeploymentDiscovery(here).ResolveAsync(Deployment, cancellationToken).ConfigureAwait(false);
        var (deployment, leftPasswordOut) = writing.Name(Deployment, found);
        var (text, plan) = writing.Draft(Name ?? found.Name, deployment, found, repository, IncludeSchema);
        var description = $"Write the plan {plan.Name} to {plan.Path}: deployment {deployment}, repository {plan.Repository}";
        if (!await ShouldProcessAsync(description + ".", description + "?", "Write a recovery plan", cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        writing.Write(text, IncludeSchema, Force);
        if (leftPasswordOut)
        {
            WriteWarning($"The password of {found.Database} was not written; the plan takes the URI from the environment variable LETTA_PG_URI. Set it where the plan is used.");
        }

        WriteObject(plan);
    }

    private Task<string> FullPathAsync(CancellationToken cancellationToken) =>
        AskAsync(() => SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path), cancellationToken);
}
