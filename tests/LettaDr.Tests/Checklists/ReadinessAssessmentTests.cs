using static LettaDr.ReadinessChecks;

namespace LettaDr.Tests;

public sealed class ReadinessAssessmentTests
{
    private static readonly DateTimeOffset Now = RecoveryCase.Now;
    private static readonly DateOnly Today = DateOnly.FromDateTime(Now.UtcDateTime);

    public static TheoryData<string, string> Faults => new()
    {
        { PlanValid, "a problem in the plan" }, { BackupIntact, "a damaged file" }, { RestoreProven, "never proven" }, { RestoreProven, "proven too long ago" },
        { RestoreProven, "last proof failed" }, { RestoreProven, "last proof was partial" }, { RestoreProven, "only the cache was proven" }, { RetentionCompliant, "a gap" }, { RecoveryPointMet, "an RPO missed" }, { RecoveryTimeMet, "an RTO missed" },
        { SiteReady, "no site" }, { SiteReady, "a site with a problem" }, { ContactsComplete, "nobody" }, { ContactsComplete, "no way to reach one" },
        { ContactsComplete, "no telephone" }, { ContactsComplete, "validated too long ago" }, { ContactsComplete, "never validated" }, { ContactsComplete, "validated in the future" }, { RunbooksReviewed, "none" },
        { RunbooksReviewed, "missing" }, { RunbooksReviewed, "reviewed too long ago" }, { CommunicationReviewed, "no communication" }, { CommunicationReviewed, "no owner" },
        { CommunicationReviewed, "never reviewed" }, { AlertingDelivers, "no endpoint" }, { AlertingDelivers, "not acknowledged" }, { DrillsCurrent, "one overdue" },
    };

    [Fact]
    public void A_deployment_that_is_ready_passes_every_check()
    {
        var results = Results(Ready());

        Assert.Equal(All, results.Select(result => result.Name));
        Assert.All(results, result => Assert.True(result is { Outcome: Outcome.Passed, Remedy: null, Evidence.Length: > 0 }, $"{result.Name}: {result.Outcome}, {result.Evidence}"));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_check_goes_red_for_its_cause_and_no_other_with_it(string check, string fault)
    {
        var results = Results(Planted(fault));

        Assert.Equal([check], results.Where(result => result.Outcome != Outcome.Passed).Select(result => result.Name).Distinct());
        Assert.All(results.Where(result => result.Name == check), result =>
        {
            Assert.Equal(Outcome.Failed, result.Outcome);
            Assert.NotNull(result.Remedy);
        });
    }

    [Fact]
    public void What_nobody_could_find_out_is_not_run()
    {
        var results = Results(Ready() with { Plan = null, Objectives = [], Tests = [], Deliveries = [], Sites = [] });

        Assert.Equal(
            [PlanValid, RecoveryPointMet, RecoveryTimeMet, SiteReady, ContactsComplete, RunbooksReviewed, CommunicationReviewed, AlertingDelivers, DrillsCurrent],
            results.Where(result => result.Outcome == Outcome.NotRun).Select(result => result.Name));
        Assert.Equal(Outcome.NotRun, Assert.Single(Results(Ready() with { Deliveries = [] }), result => result.Name == AlertingDelivers).Outcome);
    }

    [Fact]
    public void An_objective_that_was_never_measured_is_not_run_beside_others_that_are_met()
    {
        var evidence = Ready();
        var results = Results(evidence with { Objectives = [.. evidence.Objectives.Select(row => row.Component == RecoveryComponent.System ? row with { Outcome = Outcome.NotRun, Remedy = "drill" } : row)] });

        Assert.All(results.Where(result => result.Name is RecoveryPointMet or RecoveryTimeMet), result => Assert.Equal(Outcome.NotRun, result.Outcome));
    }

    [Fact]
    public void Sites_and_endpoints_are_told_each_on_its_own()
    {
        var evidence = Ready();
        var site = evidence.Sites[0].Site with { Name = "other" };
        var results = Results(evidence with
        {
            Sites = [.. evidence.Sites, new SiteEvidence(site, [], ["It is down."])],
            Plan = evidence.Plan! with { Notifications = [.. evidence.Plan.Notifications, new DrNotification { Name = "pager", Kind = DrNotificationKind.Slack }] },
            Deliveries = [.. evidence.Deliveries, evidence.Deliveries[0] with { Notification = "pager", Delivered = false, Response = "It said 500." }],
        });

        Assert.Equal([("dr", Outcome.Passed), ("other", Outcome.Failed)], Of(SiteReady));
        Assert.Equal([("ops", Outcome.Passed), ("pager", Outcome.Failed)], Of(AlertingDelivers));
        IEnumerable<(string, Outcome)> Of(string name) => results.Where(result => result.Name == name).Select(result => (result.Target, result.Outcome));
    }

    [Fact]
    public void What_the_deployment_was_seen_not_to_have_has_no_objective_to_meet()
    {
        var evidence = Ready();
        evidence = evidence with
        {
            Objectives =
            [
                .. evidence.Objectives, Row(RecoveryObjectiveKind.RPO, RecoveryComponent.MessageQueue) with { Outcome = Outcome.NotRun },
                Row(RecoveryObjectiveKind.RTO, RecoveryComponent.Cache) with { Outcome = Outcome.NotRun },
            ],
        };

        Assert.Equal([RecoveryPointMet, RecoveryTimeMet], Results(evidence).Where(result => result.Outcome != Outcome.Passed).Select(result => result.Name));
        Assert.All(Results(evidence with { Recovery = evidence.Recovery with { HasNoCache = true } }), result => Assert.Equal(Outcome.Passed, result.Outcome));
    }

    [Fact]
    public void A_site_of_which_something_could_not_be_looked_at_is_not_run_and_one_with_a_problem_failed()
    {
        var evidence = Ready();
        var site = evidence.Sites[0] with { Unknown = ["Nobody knows its ports."] };

        var unknown = Assert.Single(Results(evidence with { Sites = [site] }), result => result.Name == SiteReady);
        Assert.Equal((Outcome.NotRun, "Nobody knows its ports."), (unknown.Outcome, unknown.Evidence));
        Assert.Equal(Outcome.Failed, Assert.Single(Results(evidence with { Sites = [site with { Problems = ["It is full."] }] }), result => result.Name == SiteReady).Outcome);
    }

    private static IReadOnlyList<CheckResult> Results(ReadinessEvidence evidence) => new ReadinessAssessment(evidence).Results();

    private static ReadinessEvidence Ready()
    {
        var plan = new DrPlan
        {
            Name = "letta", Deployment = "letta", Repository = "/repository",
            Sites = [new DrSite { Name = "dr", Docker = new Uri("tcp://dr.example.org:2376") }],
            Contacts = [new DrContact { Name = "Ann", Role = "database", Phone = "+49 1", Email = "ann@example.org", ValidatedOn = Today.AddDays(-9) }],
            Communication = new DrCommunication { Stakeholders = ["customers"], Channels = ["status page"], Owner = "Ann", ReviewedOn = Today.AddDays(-9) },
            Runbooks = new RunbookReviews { Documents = [new RunbookDocument { Name = "Data center failure", Location = "runbook.md", ReviewedOn = Today.AddDays(-9) }] },
            Notifications = [new DrNotification { Name = "ops", Kind = DrNotificationKind.Webhook }],
        };
        return new ReadinessEvidence
        {
            Deployment = "letta", Now = Now, Plan = plan, FilesSeen = "Every file is there.",
            Recovery = new RecoveryEvidence { Deployment = "letta", Now = Now, Sets = [Set(1, Outcome.Passed, 24)] },
            Objectives = [.. from kind in Enum.GetValues<RecoveryObjectiveKind>() from component in new[] { RecoveryComponent.Database, RecoveryComponent.System } select Row(kind, component)],
            Sites = [new SiteEvidence(plan.Sites[0], ["Docker answers."], [])],
            Deliveries = [new DrAlertDelivery { Notification = "ops", Kind = DrNotificationKind.Webhook, Delivered = true, Response = "200", Attempts = 1, Duration = TimeSpan.FromSeconds(1), At = Now.AddHours(-1) }],
            Tests = [new DrTestScheduleEntry { Deployment = "letta", Test = "FullRestore", Every = TimeSpan.FromDays(92), LastPassed = Now.AddDays(-5), NextDue = Now.AddDays(87), IsOverdue = false }],
        };
    }

    private static ReadinessEvidence Planted(string fault)
    {
        var evidence = Ready();
        var plan = evidence.Plan!;
        return fault switch
        {
            "a problem in the plan" => evidence with { PlanProblems = ["letta-dr.yaml(3,5): what?"] },
            "a damaged file" => evidence with { DamagedFiles = ["A file is damaged."] },
            "never proven" => With(Set(1)),
            "proven too long ago" => With(Set(1, Outcome.Passed, 24 * 8)),
            "last proof failed" => With(Set(1, Outcome.Failed, 1), Set(1.2, Outcome.Passed, 24)),
            "last proof was partial" => With(Set(1, Outcome.NotRun, 1)),
            "only the cache was proven" => With(Set(1), RecoveryCase.Set(Now.AddHours(-1), BackupParts.Cache, "cache", Outcome.Passed)),
            "a gap" => With(Set(2, Outcome.Passed, 24)),
            "an RPO missed" => Missed(RecoveryObjectiveKind.RPO),
            "an RTO missed" => Missed(RecoveryObjectiveKind.RTO),
            "no site" => evidence with { Sites = [] },
            "a site with a problem" => evidence with { Sites = [evidence.Sites[0] with { Problems = ["The disk is full."] }] },
            "nobody" => Planned(plan with { Contacts = [] }),
            "no way to reach one" => Planned(plan with { Contacts = [.. plan.Contacts, plan.Contacts[0] with { Name = "Bob", Phone = null, Email = null }] }),
            "no telephone" => Planned(plan with { Contacts = [plan.Contacts[0] with { Phone = null }] }),
            "validated too long ago" => Planned(plan with { Contacts = [plan.Contacts[0] with { ValidatedOn = Today.AddDays(-94) }] }),
            "never validated" => Planned(plan with { Contacts = [plan.Contacts[0] with { ValidatedOn = null }] }),
            "validated in the future" => Planned(plan with { Contacts = [plan.Contacts[0] with { ValidatedOn = Today.AddDays(20) }] }),
            "none" => Planned(plan with { Runbooks = new() }),
            "missing" => evidence with { MissingRunbooks = ["runbook.md is not there."] },
            "reviewed too long ago" => Planned(plan with { Runbooks = new() { Documents = [plan.Runbooks.Documents[0] with { ReviewedOn = Today.AddDays(-94) }] } }),
            "no owner" => Planned(plan with { Communication = plan.Communication! with { Owner = null } }),
            "never reviewed" => Planned(plan with { Communication = plan.Communication! with { ReviewedOn = null } }),
            "no communication" => Planned(plan with { Communication = null }),
            "no endpoint" => Planned(plan with { Notifications = [] }),
            "not acknowledged" => evidence with { Deliveries = [evidence.Deliveries[0] with { Delivered = false, Response = "It said 500." }] },
            "one overdue" => evidence with { Tests = [evidence.Tests[0] with { IsOverdue = true }] },
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };

        ReadinessEvidence Planned(DrPlan changed) => evidence with { Plan = changed };
        ReadinessEvidence With(params Backup[] sets) => evidence with { Recovery = evidence.Recovery with { Sets = sets } };
        ReadinessEvidence Missed(RecoveryObjectiveKind kind) => evidence with
        {
            Objectives = [.. evidence.Objectives.Select((row, index) => row.Kind == kind && row.Component == RecoveryComponent.Database ? row with { Outcome = Outcome.Failed, Remedy = "sooner" } : row)],
        };
    }

    private static Backup Set(double hoursAgo, Outcome? proof = null, double provenHoursAgo = 0)
    {
        var set = RecoveryCase.Set(Now.AddHours(-hoursAgo), id: $"set-{hoursAgo}", proof: proof);
        return proof is null ? set : set with { LastProof = set.LastProof! with { TestedAt = Now.AddHours(-provenHoursAgo) } };
    }

    private static RecoveryObjective Row(RecoveryObjectiveKind kind, RecoveryComponent component) => new()
    {
        Deployment = "letta", Component = component, Kind = kind, Target = TimeSpan.FromHours(2), Actual = TimeSpan.FromMinutes(2), Outcome = Outcome.Passed, Evidence = "Measured.",
    };
}
