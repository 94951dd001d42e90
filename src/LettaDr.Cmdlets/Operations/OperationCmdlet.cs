using System.Management.Automation;
using System.Net;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>What cmdlets on deployments and repositories share: finding both, and showing progress.</summary>
public abstract class OperationCmdlet : AsyncCmdlet
{
    private CmdletObserver? _observer;
    private DrPlan? _plan;

    /// <summary>A plan file, or a plan: what it says holds where the parameter for it is not given.</summary>
    [Parameter]
    public DrPlanReference? Plan { get; set; }

    /// <summary>Shows an operation in this cmdlet's streams.</summary>
    private protected CmdletObserver Observer => _observer ??= new CmdletObserver(WriteProgress, WriteVerbose, WriteWarning);

    /// <summary>The plan given; null when none was.</summary>
    private protected async Task<DrPlan?> PlanAsync(CancellationToken cancellationToken) => Plan is null ? null : _plan ??= Plan.Plan
        ?? DrPlanFile.Read(await AskAsync(() => SessionState.Path.GetUnresolvedProviderPathFromPSPath(Plan.Path), cancellationToken).ConfigureAwait(false));

    /// <summary>The deployments given, or else the plan's.</summary>
    /// <exception cref="LettaDrException">Neither was given.</exception>
    private protected async Task<IReadOnlyList<DeploymentReference>> DeploymentsAsync(
        IReadOnlyList<DeploymentReference> given, CancellationToken cancellationToken)
    {
        if (given.Count > 0)
        {
            return given;
        }

        return await PlanAsync(cancellationToken).ConfigureAwait(false) is { } plan
            ? [plan.ToReference()]
            : throw new LettaDrException(
                "DeploymentNotGiven", FaultKind.InvalidArgument, "Neither a deployment nor a plan was given.",
                "Give -Deployment, or -Plan with a plan file; Get-LettaDeployment lists what there is.");
    }

    /// <summary>Runs the work for each deployment given, or else for the plan's, as <see cref="ForEachItemAsync"/> does.</summary>
    private protected async Task ForEachDeploymentAsync(
        IReadOnlyList<DeploymentReference> given, Func<DeploymentReference, Task> work, CancellationToken cancellationToken) =>
        await ForEachItemAsync(await DeploymentsAsync(given, cancellationToken).ConfigureAwait(false), work).ConfigureAwait(false);

    /// <summary>As above, where only one deployment can be given.</summary>
    private protected Task ForEachDeploymentAsync(
        DeploymentReference? given, Func<DeploymentReference, Task> work, CancellationToken cancellationToken) =>
        ForEachDeploymentAsync(given is null ? [] : [given], work, cancellationToken);

    /// <summary>The one deployment given, or else the plan's.</summary>
    private protected async Task<DeploymentReference> OnlyDeploymentAsync(DeploymentReference? given, CancellationToken cancellationToken) =>
        given ?? (await DeploymentsAsync([], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>The name that a repository keeps the plan's deployment under. Null without a plan.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="mayBeLost">Whether the plan's own name does where the deployment cannot be asked; not for what removes something.</param>
    private protected async Task<string?> PlannedNameAsync(CancellationToken cancellationToken, bool mayBeLost = true)
    {
        if (await PlanAsync(cancellationToken).ConfigureAwait(false) is not { } plan)
        {
            return null;
        }

        try
        {
            return (await ResolveAsync(plan.ToReference(), null, cancellationToken).ConfigureAwait(false)).Name;
        }
        catch (LettaDrException lost) when (mayBeLost)
        {
            WriteVerbose($"The plan's deployment cannot be asked for its name, and {plan.Name} is taken: {lost.Message}");
            return plan.Name;
        }
    }

    /// <summary>The repository given, or else the plan's.</summary>
    /// <exception cref="LettaDrException">Neither was given.</exception>
    private protected async Task<IBackupRepository> OpenOrPlannedAsync(RepositoryReference? given, CancellationToken cancellationToken)
    {
        if (given is not null)
        {
            return await OpenAsync(given, cancellationToken).ConfigureAwait(false);
        }

        return await PlanAsync(cancellationToken).ConfigureAwait(false) is { } plan
            ? new DirectoryRepository(plan.Repository)
            : throw new LettaDrException(
                "RepositoryNotGiven", FaultKind.InvalidArgument, "Neither a repository nor a plan was given.",
                "Give -Repository, the directory that keeps the sets, or -Plan with a plan file.");
    }

    /// <summary>The deployment that a reference means, with the credential given instead of the one found.</summary>
    private protected async Task<LettaDeployment> ResolveAsync(
        DeploymentReference reference, PSCredential? credential, CancellationToken cancellationToken)
    {
        var folder = await AskAsync(() => SessionState.Path.CurrentFileSystemLocation.ProviderPath, cancellationToken).ConfigureAwait(false);
        var deployment = await new DeploymentDiscovery(folder).ResolveAsync(reference, cancellationToken).ConfigureAwait(false);
        return credential is null
            ? deployment
            : deployment with
            {
                Database = deployment.Database with
                {
                    UserName = credential.UserName, Password = new Secret(credential.GetNetworkCredential().Password),
                },
            };
    }

    /// <summary>The repository at a location relative to the shell's.</summary>
    private protected async Task<IBackupRepository> OpenAsync(RepositoryReference reference, CancellationToken cancellationToken) =>
        new DirectoryRepository(await AskAsync(
            () => SessionState.Path.GetUnresolvedProviderPathFromPSPath(reference.Location), cancellationToken).ConfigureAwait(false));

    /// <summary>The set that a reference means, and the repository that it is in; <c>latest</c> means the newest with the parts needed.</summary>
    private protected async Task<(Backup Backup, IBackupRepository Repository)> ResolveAsync(
        BackupReference reference, RepositoryReference? repository, string? deployment, CancellationToken cancellationToken,
        BackupParts needed = BackupParts.None)
    {
        if (reference.Backup is { } known)
        {
            return (known, new DirectoryRepository(known.Repository));
        }

        if (repository is null && Plan is null)
        {
            throw new LettaDrException(
                "RepositoryNotGiven", FaultKind.InvalidArgument, $"The set {reference} is named, but not the repository that holds it.",
                "Give -Repository or -Plan, or pipe the set in from Get-LettaBackup.", reference.Text);
        }

        var opened = await OpenOrPlannedAsync(repository, cancellationToken).ConfigureAwait(false);
        deployment ??= await PlannedNameAsync(cancellationToken).ConfigureAwait(false);
        return (new BackupCatalog(opened).Resolve(reference.Text!, deployment, needed), opened);
    }

    /// <summary>The certificates that references mean, or else the plan's; paths are relative to the shell's location.</summary>
    private protected async Task<IReadOnlyList<X509Certificate2>> FindAsync(
        IReadOnlyCollection<CertificateReference> references, CancellationToken cancellationToken)
    {
        if (references.Count == 0 && await PlanAsync(cancellationToken).ConfigureAwait(false) is { } plan)
        {
            references = [.. plan.Certificates.Select(text => new CertificateReference(text))];
        }

        return new CertificateFinder(
            await AskAsync(() => SessionState.Path.CurrentFileSystemLocation.ProviderPath, cancellationToken).ConfigureAwait(false)).Find(references);
    }

    /// <summary>The passphrase given, or else the one found where the plan says; null when there is neither.</summary>
    private protected async Task<Secret?> PassphraseAsync(SecureString? given, CancellationToken cancellationToken) => ToSecret(given)
        ?? ((await PlanAsync(cancellationToken).ConfigureAwait(false))?.PassphraseFrom is { } reference ? SecretSource.Read(reference) : null);

    /// <summary>Whether the user gave a parameter; what was not given may be the plan's to say.</summary>
    private protected bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>The text of a passphrase; null when none was given.</summary>
    private protected static Secret? ToSecret(SecureString? text) => text switch
    {
        null => null,
        { Length: 0 } => throw new LettaDrException(
            "PassphraseEmpty", FaultKind.InvalidArgument, "The passphrase is empty.", "Give one of several words, e.g. by Read-Host -AsSecureString."),
        _ => new Secret(new NetworkCredential(string.Empty, text).Password),
    };

    /// <summary>Starts what a recovery test has killed of a deployment, if its process died; nothing else waits for that to succeed.</summary>
    private protected async Task StartKilledAsync(CancellationToken cancellationToken)
    {
        const string What = "containers that a recovery test killed before it died";
        if (!DrTestNotes.Local.AnyLeft || !await ShouldProcessAsync(What, "Start", cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await ForEachItemAsync([What], async _ =>
        {
            using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await DrTestNotes.Local.StartLeftAsync(engine, Observer, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Runs the work for one item; a failure is that item's error, and the next item goes on.</summary>
    private protected async Task ForEachItemAsync<T>(IEnumerable<T> items, Func<T, Task> work)
    {
        foreach (var item in items)
        {
            try
            {
                await work(item).ConfigureAwait(false);
            }
            catch (LettaDrException failure)
            {
                WriteFault(failure, item);
            }
            finally
            {
                _observer?.Complete();
            }
        }
    }
}
