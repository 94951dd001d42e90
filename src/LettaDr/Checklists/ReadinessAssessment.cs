using System.Globalization;
using static LettaDr.ReadinessChecks;

namespace LettaDr;

/// <summary>
/// Judges whether a deployment is ready for a disaster: one result for each question, in the guide's order. What nobody could find out is NotRun, and
/// what the plan does not name has failed.
/// </summary>
internal sealed class ReadinessAssessment(ReadinessEvidence evidence)
{
    private const string NoPlan = "No plan was given.";
    private const string CorrectPlan = "Test-LettaDrPlan tells each problem with its line.";
    private const string MakePlan = "Write one with New-LettaDrPlan, and give it as -Plan.";

    /// <summary>All results, those of sites and endpoints each on their own.</summary>
    public IReadOnlyList<CheckResult> Results() =>
    [
        Plan(), Intact(), Proven(), Retention(),
        Objectives(RecoveryPointMet, RecoveryObjectiveKind.RPO), Objectives(RecoveryTimeMet, RecoveryObjectiveKind.RTO),
        .. Sites(), Contacts(), Runbooks(), Communication(), .. Alerting(), Drills(),
    ];

    /// <summary>What is to be said where the plan that should tell everything else cannot be read.</summary>
    /// <param name="path">The plan.</param>
    /// <param name="problems">What is wrong with it, a sentence each.</param>
    public static IReadOnlyList<CheckResult> OfUnreadablePlan(string path, IReadOnlyList<string> problems) =>
        [.. All.Select(name => new CheckResult
        {
            Name = name, Target = path, Outcome = name == PlanValid ? Outcome.Failed : Outcome.NotRun,
            Evidence = name == PlanValid ? string.Join(" ", problems) : "The plan cannot be read.", Remedy = CorrectPlan,
        })];

    private CheckResult Plan() => evidence.Plan is null ? NotRun(PlanValid, NoPlan, MakePlan) : Judge(
        PlanValid, evidence.PlanProblems, $"The plan {evidence.Plan.Name} is valid.", CorrectPlan, evidence.Plan.Path);

    private CheckResult Intact() => Judge(
        BackupIntact, evidence.DamagedFiles, evidence.FilesSeen, "Make a new set now, and test the others with Test-LettaBackup.");

    private CheckResult Proven()
    {
        var within = (evidence.Plan?.Drills ?? new()).BackupValidation;
        var newest = evidence.Recovery.Sets.Where(set => set.LastProof is not null && (set.Parts & RecoveryEvidence.AnyDatabase) != 0).MaxBy(set => set.LastProof!.TestedAt);
        const string Remedy = "Prove the newest set with Test-LettaBackup -Level Restore, and have that done every week.";
        return newest?.LastProof switch
        {
            null => Result(RestoreProven, Outcome.Failed, "No set of the database has been proven by a restore.", Remedy),
            { Outcome: Outcome.Passed } proof when evidence.Now - proof.TestedAt <= within => Result(
                RestoreProven, Outcome.Passed, $"Set {newest.Id} was proven by a restore {RunbookDescription.Age(evidence.Now - proof.TestedAt)} ago."),
            { Outcome: Outcome.Passed } proof => Result(
                RestoreProven, Outcome.Failed,
                $"The last proof by a restore, of set {newest.Id}, is {RunbookDescription.Age(evidence.Now - proof.TestedAt)} old; it has to be renewed within {RunbookDescription.Age(within)}.", Remedy),
            { Outcome: var outcome } proof => Result(
                RestoreProven, Outcome.Failed, $"Set {newest.Id} was {(outcome == Outcome.Failed ? "not" : "only partly")} proven {RunbookDescription.Age(evidence.Now - proof.TestedAt)} ago: {proof.Evidence}", Remedy),
        };
    }

    private CheckResult Retention()
    {
        var policy = evidence.Plan?.Retention ?? new();
        return Judge(
            RetentionCompliant, RetentionCompliance.Problems(evidence.Recovery.Sets, policy, evidence.Now),
            $"{evidence.Recovery.Sets.Count} set(s), as the policy of {policy.Hourly} hourly, {policy.Daily} daily, {policy.Weekly} weekly and {policy.Monthly} monthly ones wants.",
            "Register-LettaDrSchedule has sets made hourly and retention applied daily; Invoke-LettaRetention applies it now.");
    }

    private CheckResult Objectives(string name, RecoveryObjectiveKind kind)
    {
        var hasNoCache = evidence.Recovery.HasNoCache;
        var rows = evidence.Objectives.Where(row => row.Kind == kind && !(hasNoCache && IsOfCache(row.Component))).ToList();
        var decisive = rows.Where(row => row.Outcome == Outcome.Failed).ToList() is { Count: > 0 } failed ? failed : rows.Where(row => row.Outcome == Outcome.NotRun).ToList();
        return rows.Count == 0
            ? NotRun(name, "The objectives could not be measured.", "Measure-LettaRecoveryObjective tells why.")
            : decisive.Count == 0
                ? Result(name, Outcome.Passed, string.Join("; ", rows.Select(Told)) + ".")
                : Result(name, decisive[0].Outcome, string.Join(" ", decisive.Select(row => $"{Told(row)}. {row.Evidence}")), decisive[0].Remedy);
    }

    private static bool IsOfCache(RecoveryComponent component) => component is RecoveryComponent.Cache or RecoveryComponent.MessageQueue;

    private IEnumerable<CheckResult> Sites() => evidence.Plan is null
        ? [NotRun(SiteReady, NoPlan, MakePlan)]
        : evidence.Sites.Count == 0
            ? [Result(SiteReady, Outcome.Failed, "The plan names no site where the deployment could be brought up.", "Name one in the plan's sites.")]
            : evidence.Sites.Select(site => site is { Problems.Count: 0, Unknown.Count: > 0 }
                ? NotRun(SiteReady, string.Join(" ", site.Unknown), "Ask while the deployment can be looked at.", site.Site.Name)
                : Judge(SiteReady, site.Problems, string.Join(" ", site.Seen), "Mend that at the site.", site.Site.Name));

    private CheckResult Contacts()
    {
        if (evidence.Plan is not { } plan)
        {
            return NotRun(ContactsComplete, NoPlan, MakePlan);
        }

        var problems = plan.Contacts.Where(contact => contact.Phone is null && contact.Email is null).Select(contact => $"{contact} has neither telephone nor e-mail.")
            .Concat(plan.Contacts.Select(contact => Stale($"{contact}", "validated", contact.ValidatedOn)).OfType<string>()).ToList();
        if (plan.Contacts.Count == 0)
        {
            problems.Add("The plan names nobody to be called.");
        }
        else if (plan.Contacts.All(contact => contact.Phone is null))
        {
            problems.Add("Nobody can be reached by telephone, and e-mail may be down too.");
        }

        return Judge(ContactsComplete, problems, $"{plan.Contacts.Count} contact(s), all validated in time.", "Call them, and set validatedOn in the plan's contacts.", plan.Path);
    }

    private CheckResult Runbooks()
    {
        if (evidence.Plan is not { } plan)
        {
            return NotRun(RunbooksReviewed, NoPlan, MakePlan);
        }

        var problems = evidence.MissingRunbooks.Concat(
            plan.Runbooks.Documents.Select(runbook => Stale($"The runbook {runbook}", "reviewed", runbook.ReviewedOn)).OfType<string>()).ToList();
        if (plan.Runbooks.Documents.Count == 0)
        {
            problems.Add("The plan names no runbook.");
        }

        return Judge(
            RunbooksReviewed, problems, $"{plan.Runbooks.Documents.Count} runbook(s), all reviewed in time.", "Review them, and set reviewedOn in the plan's runbooks.", plan.Path);
    }

    private CheckResult Communication()
    {
        if (evidence.Plan is not { } plan)
        {
            return NotRun(CommunicationReviewed, NoPlan, MakePlan);
        }

        var problems = new List<string>();
        if (plan.Communication is not { } told)
        {
            problems.Add("The plan does not say how stakeholders are told.");
        }
        else
        {
            problems.AddRange(new[]
            {
                told.Stakeholders.Count == 0 ? "Nobody is named who is to be told." : null, told.Channels.Count == 0 ? "No channel is named." : null,
                told.Owner is null ? "Nobody is named who speaks." : null, Stale("The communication plan", "reviewed", told.ReviewedOn),
            }.OfType<string>());
        }

        return Judge(
            CommunicationReviewed, problems, $"{plan.Communication?.Owner} tells {string.Join(", ", plan.Communication?.Stakeholders ?? [])}; reviewed in time.",
            "Complete and review the plan's communication.", plan.Path);
    }

    private IEnumerable<CheckResult> Alerting()
    {
        const string Remedy = "Mend the endpoint or its address, and try it with Send-LettaDrAlert -Test.";
        return evidence.Plan is not { } plan
            ? [NotRun(AlertingDelivers, NoPlan, MakePlan)]
            : plan.Notifications.Count == 0
                ? [Result(AlertingDelivers, Outcome.Failed, "The plan names nowhere for alerts to go.", "Name an endpoint in the plan's notifications.")]
                : plan.Notifications.Select(endpoint => evidence.Deliveries.FirstOrDefault(delivery => delivery.Notification == endpoint.Name) switch
                {
                    null => NotRun(AlertingDelivers, "No alert was sent to it.", Remedy, endpoint.Name),
                    { Delivered: true } delivery => Result(
                        AlertingDelivers, Outcome.Passed, $"It acknowledged an alert {RunbookDescription.Age(evidence.Now - delivery.At)} ago: {delivery.Response}", null, endpoint.Name),
                    var delivery => Result(
                        AlertingDelivers, Outcome.Failed, $"It did not acknowledge the last alert, tried {delivery.Attempts} time(s): {delivery.Response}", Remedy, endpoint.Name),
                });
    }

    private CheckResult Drills()
    {
        var overdue = evidence.Tests.Where(test => test.IsOverdue).ToList();
        return evidence.Tests.Count == 0
            ? NotRun(DrillsCurrent, "Nobody knows which tests are due.", "Get-LettaDrTestSchedule tells why.")
            : Judge(
                DrillsCurrent,
                [.. overdue.Select(test => $"{test.Test} {(test.LastPassed is { } last ? $"last passed {RunbookDescription.Age(evidence.Now - last)} ago" : "has never passed")}, and is due every {RunbookDescription.Age(test.Every)}.")],
                "Every kind of test has passed within its term.", "Run Invoke-LettaDrTest with the scenario that is due, or have Register-LettaDrSchedule see to it.");
    }

    private string? Stale(string what, string done, DateOnly? on)
    {
        var within = evidence.Plan!.Runbooks.ReviewedWithin;
        if (on is not { } day)
        {
            return $"{what} was never {done}.";
        }

        var date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) > evidence.Now.UtcDateTime.AddDays(1)
            ? $"{what} is said to have been {done} on {date}, which is yet to come."
            : evidence.Now.UtcDateTime - day.ToDateTime(TimeOnly.MaxValue, DateTimeKind.Utc) > within
                ? $"{what} was last {done} on {date}, more than {RunbookDescription.Age(within)} ago."
                : null;
    }

    private static string Told(RecoveryObjective row) => $"{row.Kind} of {row.Component}: {(row.Actual is { } actual ? DurationText.Of(actual) : "not known")} of {DurationText.Of(row.Target)}"
        + (row.Forecast is { } forecast ? $", forecast {DurationText.Of(forecast)}" : string.Empty);

    private CheckResult Judge(string name, IReadOnlyList<string> problems, string good, string remedy, string? target = null) => problems.Count == 0
        ? Result(name, Outcome.Passed, good, null, target)
        : Result(name, Outcome.Failed, string.Join(" ", problems), remedy, target);

    private CheckResult NotRun(string name, string why, string remedy, string? target = null) => Result(name, Outcome.NotRun, why, remedy, target);

    private CheckResult Result(string name, Outcome outcome, string told, string? remedy = null, string? target = null) => new()
    {
        Name = name, Target = target ?? evidence.Deployment, Deployment = evidence.Deployment, Outcome = outcome, Evidence = told,
        Remedy = remedy, CheckedAt = evidence.Now,
    };
}
