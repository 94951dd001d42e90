using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Rebuilds vector indexes that are not valid or find too little, concurrently, and measures them before and after.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "LettaVectorIndex", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = "Deployment")]
[OutputType(typeof(VectorIndexRepair))]
public sealed class RepairLettaVectorIndexCommand : OperationCmdlet
{
    private readonly HashSet<string> _checked = new(StringComparer.Ordinal);

    /// <summary>Deployments, or texts that name them: Compose file, folder, PostgreSQL URI, Compose project, container.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Deployment")]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>Results of Test-LettaConsistency: databases whose VectorRecall or IndexesValid failed are repaired.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "CheckResult")]
    public CheckResult CheckResult { get; set; } = null!;

    /// <summary>Names of indexes to rebuild whatever their state, with or without schema; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Index { get; set; } = [];

    /// <summary>Rebuilds every vector index whatever its state.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Role and password to connect with, instead of those found.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ParameterSetName == "Deployment"
        ? ForEachDeploymentAsync(Deployment, reference => RepairAsync(reference, cancellationToken), cancellationToken)
        : ForEachItemAsync(Failed(), reference => RepairAsync(reference, cancellationToken));

    private async Task RepairAsync(DeploymentReference reference, CancellationToken cancellationToken)
    {
        var deployment = await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false);
        using var database = await DeploymentDatabase.OpenAsync(deployment, OperationId.Next(), cancellationToken).ConfigureAwait(false);
        var repairer = new VectorIndexRepairer(deployment, database, Observer);
        var plan = await repairer.PlanAsync(IsWanted, All || Index.Length > 0, cancellationToken).ConfigureAwait(false);
        if (Index.Length > 0 && plan.Indexes.Count == 0 && plan.Leftovers.Count == 0)
        {
            throw new LettaDrException(
                "IndexNotFound", FaultKind.NotFound, $"{deployment.Database.Database} has no vector index named {string.Join(", ", Index)}.",
                "Without -Index, all vector indexes are looked at.", deployment);
        }

        var description = plan.Describe(deployment.Database);
        if (plan.IsEmpty || await ShouldProcessAsync(
            description, $"{description}. The indexes stay in use meanwhile; the server's processor and disk are busy. Repair them?", "Repair vector indexes",
            cancellationToken).ConfigureAwait(false))
        {
            await repairer.RunAsync(plan, WriteObject, cancellationToken).ConfigureAwait(false);
        }
    }

    private DeploymentReference[] Failed() =>
        CheckResult is { Outcome: Outcome.Failed, Name: "VectorRecall" or "IndexesValid" } && _checked.Add(CheckResult.Target)
            ? [new DeploymentReference($"postgresql://{CheckResult.Target}")]
            : [];

    private bool IsWanted(string name, string plainName) => Index.Length == 0 || Index.Any(pattern =>
    {
        var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
        return wildcard.IsMatch(plainName) || wildcard.IsMatch(name) || wildcard.IsMatch(name.Replace("\"", string.Empty, StringComparison.Ordinal));
    });
}
