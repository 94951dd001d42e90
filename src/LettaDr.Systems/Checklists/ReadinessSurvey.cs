using System.Security.Cryptography.X509Certificates;

namespace LettaDr.Systems;

/// <summary>Gathers what a deployment's readiness is judged by. What cannot be found out of one question leaves the others alone.</summary>
/// <param name="repository">Keeps the sets.</param>
/// <param name="plan">The plan; null where none was given.</param>
/// <param name="observer">Is told how far it is.</param>
internal sealed class ReadinessSurvey(IBackupRepository repository, DrPlan? plan, IOperationObserver observer)
{
    // An endpoint that hangs must not hold up who only wants to know how things stand.
    private static readonly AlertLimits Once = AlertLimits.Default with { Attempts = 1, Attempt = TimeSpan.FromSeconds(5) };

    /// <summary>Whether every byte of the newest sets is read, and an alert sent though one was acknowledged lately.</summary>
    public bool Deep { get; init; }

    /// <summary>What is wrong with the plan, a sentence each.</summary>
    public IReadOnlyList<string> PlanProblems { get; init; } = [];

    /// <summary>Certificates that open what sets hold encrypted.</summary>
    public IReadOnlyList<X509Certificate2> Certificates { get; init; } = [];

    /// <summary>The passphrase that opens it.</summary>
    public Secret? Passphrase { get; init; }

    /// <summary>What is known of earlier alerts.</summary>
    public AlertDeliveries Known { get; init; } = new();

    /// <param name="name">The deployment's name in the repository.</param>
    /// <param name="live">The deployment; null where it cannot be found.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ReadinessEvidence> ReadAsync(string name, LettaDeployment? live, CancellationToken cancellationToken)
    {
        var sets = TryAsync(() => RecoveryAsync(name, live, cancellationToken));
        var alerts = AlertsAsync(name, cancellationToken);
        var (recovery, lost) = await sets.ConfigureAwait(false);
        recovery ??= new RecoveryEvidence { Deployment = name, Now = DateTimeOffset.UtcNow, Sets = [] };
        var (files, unread) = lost is not null ? (default, lost) : await TryAsync(() => Task.Run(
            () => NewestSetFiles.LookAsync(recovery, repository, Deep, observer, cancellationToken), cancellationToken))
            .ConfigureAwait(false);
        var (objectives, _) = await TryAsync(() => Task.FromResult(
            lost is null ? RecoveryObjectives.Measure(recovery, plan?.Objectives ?? new()) : [])).ConfigureAwait(false);
        var (tests, _) = await TryAsync(() => Task.Run(() => Tests(name), cancellationToken)).ConfigureAwait(false);
        var sites = new List<SiteEvidence>();
        foreach (var site in plan?.Sites ?? [])
        {
            observer.Verbose($"Looking at the site {site.Name}");
            sites.Add(await new SiteProbe(plan!, recovery, live).LookAsync(site, cancellationToken).ConfigureAwait(false));
        }

        return new ReadinessEvidence
        {
            Deployment = name, Plan = plan, PlanProblems = PlanProblems, Recovery = recovery, Objectives = objectives ?? [],
            DamagedFiles = unread is null ? files.Problems : [unread], FilesSeen = files.Seen ?? string.Empty,
            Sites = sites, MissingRunbooks = MissingRunbooks(), Deliveries = await alerts.ConfigureAwait(false), Tests = tests ?? [],
            // The clock is read last: what is younger than the evidence must not look older than now.
            Now = DateTimeOffset.UtcNow,
        };
    }

    private async Task<RecoveryEvidence> RecoveryAsync(string name, LettaDeployment? live, CancellationToken cancellationToken)
    {
        var survey = new RecoverySurvey(repository, JournalDirectory.Local, observer) { Certificates = Certificates, Passphrase = Passphrase };
        return live is null
            ? await survey.ReadAsync(name, cancellationToken).ConfigureAwait(false)
            : await survey.ReadAsync(live, cancellationToken).ConfigureAwait(false);
    }

    private IReadOnlyList<DrTestScheduleEntry> Tests(string name) =>
        new DrTestSurvey(repository, JournalDirectory.Local, new DrTestHistory(DrTestFolders.Local, repository.DrTests))
            .Schedule(name, plan?.Drills ?? new(), DateTimeOffset.UtcNow);

    private IReadOnlyList<string> MissingRunbooks() =>
        [.. (plan?.Runbooks.Documents ?? []).Where(runbook => Path.IsPathRooted(runbook.Location) && !File.Exists(runbook.Location))
            .Select(runbook => $"The runbook {runbook} is not at {runbook.Location}.")];

    private async Task<IReadOnlyList<DrAlertDelivery>> AlertsAsync(string name, CancellationToken cancellationToken)
    {
        var endpoints = plan?.Notifications ?? [];
        var fresh = Deep ? [] : endpoints.Select(Known.Newest)
            .Where(delivery => delivery is { Delivered: true } && DateTimeOffset.UtcNow - delivery.At < AlertDeliveries.Counts).Select(delivery => delivery!).ToList();
        var due = endpoints.Where(endpoint => fresh.TrueForAll(delivery => delivery.Notification != endpoint.Name)).ToList();
        if (due.Count == 0)
        {
            return fresh;
        }

        observer.Verbose($"Sending a test alert to {string.Join(", ", due.Select(endpoint => endpoint.Name))}");
        var sent = await AlertSender.SendAsync(AlertChoice.Test(name), due, Deep ? AlertLimits.Default : Once, cancellationToken).ConfigureAwait(false);
        Known.Save(due, sent);
        return [.. fresh, .. sent];
    }

    private async Task<(T? Value, string? Problem)> TryAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return (await work().ConfigureAwait(false), null);
        }
        catch (LettaDrException fault)
        {
            observer.Verbose(fault.Message);
            return (default, fault.Message);
        }
    }
}
