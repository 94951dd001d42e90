namespace LettaDr.Tests;

public sealed class DrChecklistAnsweringTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Within = TimeSpan.FromDays(92);

    [Fact]
    public void The_guides_lists_have_seven_items_each_and_each_says_how()
    {
        Assert.Equal([7, 7, 7], Enum.GetValues<DrChecklistPhase>().Select(phase => Answers(phase).Count));
        Assert.All(DrChecklist.Questions, question => Assert.NotEqual(string.Empty, question.How));
        Assert.Equal(ReadinessChecks.All.Order(), DrChecklist.Questions.SelectMany(question => question.Checks).Order());
    }

    [Fact]
    public void Nothing_asked_and_nothing_said_is_not_run_and_tells_how()
    {
        Assert.All(Enum.GetValues<DrChecklistPhase>().SelectMany(phase => Answers(phase)), item =>
        {
            Assert.Equal(Outcome.NotRun, item.Outcome);
            Assert.NotNull(item.Remedy);
        });
    }

    [Theory]
    [InlineData(Outcome.Passed, Outcome.Passed, Outcome.Passed, Outcome.Passed)]
    [InlineData(Outcome.Passed, Outcome.NotRun, Outcome.Passed, Outcome.NotRun)]
    [InlineData(Outcome.Passed, Outcome.Failed, Outcome.NotRun, Outcome.Failed)]
    public void All_checks_of_an_item_have_to_pass(Outcome first, Outcome second, Outcome third, Outcome expected)
    {
        var item = Answers(DrChecklistPhase.Pre, checks:
        [
            Check(ReadinessChecks.BackupIntact, first), Check(ReadinessChecks.RetentionCompliant, second), Check(ReadinessChecks.RecoveryPointMet, third),
        ])[0];

        Assert.Equal(expected, item.Outcome);
        Assert.Equal(expected == Outcome.Passed, item.Remedy is null);
    }

    [Fact]
    public void One_of_an_items_checks_alone_does_not_answer_it() =>
        Assert.Equal(Outcome.NotRun, Answers(DrChecklistPhase.Pre, checks: [Check(ReadinessChecks.BackupIntact, Outcome.Passed)])[0].Outcome);

    [Fact]
    public void A_persons_word_stands_where_no_check_was_made_and_not_against_one_that_failed()
    {
        var word = Entry(DrChecklistPhase.Pre, 2, Outcome.Passed, daysAgo: 1);

        var (alone, against) = (Answers(DrChecklistPhase.Pre, entries: [word])[1], Answers(DrChecklistPhase.Pre, [Check(ReadinessChecks.SiteReady, Outcome.Failed)], [word])[1]);

        Assert.Equal((Outcome.Passed, "ann", "seen"), (alone.Outcome, alone.By, alone.Evidence));
        Assert.Equal((Outcome.Failed, null), (against.Outcome, against.By));
    }

    [Fact]
    public void A_persons_newer_word_that_it_is_not_done_outweighs_checks_that_passed()
    {
        CheckResult[] checks = [Check(ReadinessChecks.SiteReady, Outcome.Passed) with { CheckedAt = Now.AddDays(-2) }];

        Assert.Equal(Outcome.Failed, Answers(DrChecklistPhase.Pre, checks, [Entry(DrChecklistPhase.Pre, 2, Outcome.Failed, daysAgo: 1)])[1].Outcome);
        Assert.Equal(Outcome.Passed, Answers(DrChecklistPhase.Pre, checks, [Entry(DrChecklistPhase.Pre, 2, Outcome.Failed, daysAgo: 3)])[1].Outcome);
    }

    [Fact]
    public void The_last_word_counts_and_where_it_is_of_no_incident_not_for_ever()
    {
        DrChecklistEntry[] words = [Entry(DrChecklistPhase.Pre, 3, Outcome.Passed, 5), Entry(DrChecklistPhase.Pre, 3, Outcome.Failed, 4)];

        Assert.Equal(Outcome.Failed, Answers(DrChecklistPhase.Pre, entries: words)[2].Outcome);
        Assert.Equal(Outcome.NotRun, Answers(DrChecklistPhase.Pre, entries: [Entry(DrChecklistPhase.Pre, 3, Outcome.Passed, 93)])[2].Outcome);
        Assert.Equal(Outcome.NotRun, Answers(DrChecklistPhase.Post, entries: [Entry(DrChecklistPhase.Post, 3, Outcome.Passed, 93)])[2].Outcome);
        var ofIncident = Entry(DrChecklistPhase.Post, 3, Outcome.Passed, 93) with { Incident = "fire" };
        Assert.Equal(Outcome.Passed, Answers(DrChecklistPhase.Post, entries: [ofIncident], incident: "fire")[2].Outcome);
    }

    [Fact]
    public void What_was_said_of_one_incident_says_nothing_of_another()
    {
        var word = Entry(DrChecklistPhase.During, 1, Outcome.Passed, 1) with { Incident = "fire" };

        Assert.Equal(Outcome.Passed, Answers(DrChecklistPhase.During, entries: [word], incident: "fire")[0].Outcome);
        Assert.Equal(Outcome.NotRun, Answers(DrChecklistPhase.During, entries: [word], incident: "flood")[0].Outcome);
    }

    [Fact]
    public void Tests_of_the_system_assess_the_impact_whatever_they_find_and_prove_its_functioning_only_where_none_failed()
    {
        CheckResult[] bad = [Check("ForeignKeysHold", Outcome.Failed), Check("DatabaseReachable", Outcome.Passed)];
        CheckResult[] good = [Check("ForeignKeysHold", Outcome.Passed), Check("DatabaseReachable", Outcome.Passed), Check("VectorRecall", Outcome.NotRun) with { IsOfNothing = true }];
        CheckResult[] none = [Check("ForeignKeysHold", Outcome.NotRun), Check("PlanParses", Outcome.Passed)];

        Assert.Equal((Outcome.Passed, Outcome.Failed), (Assessed(bad), Functions(bad)));
        Assert.Equal((Outcome.Passed, Outcome.Passed), (Assessed(good), Functions(good)));
        Assert.Equal((Outcome.NotRun, Outcome.NotRun), (Assessed(none), Functions(none)));

        static Outcome Assessed(CheckResult[] checks) => Answers(DrChecklistPhase.During, checks)[1].Outcome;
        static Outcome Functions(CheckResult[] checks) => Answers(DrChecklistPhase.Post, checks)[0].Outcome;
    }

    [Fact]
    public void That_a_system_functions_takes_all_of_its_checks_but_those_of_what_it_does_not_have()
    {
        CheckResult[] made = [Check("ForeignKeysHold", Outcome.Passed), Check("DatabaseReachable", Outcome.Passed)];

        var one = Answers(DrChecklistPhase.Post, [made[0]])[0];
        Assert.Equal(Outcome.NotRun, one.Outcome);
        Assert.Contains("DatabaseReachable, VectorRecall are missing", one.Evidence, StringComparison.Ordinal);
        var skipped = Answers(DrChecklistPhase.Post, [.. made, Check("VectorRecall", Outcome.NotRun)])[0];
        Assert.Equal(Outcome.NotRun, skipped.Outcome);
        Assert.Contains("VectorRecall was not run", skipped.Evidence, StringComparison.Ordinal);
        Assert.Equal(Outcome.Passed, Answers(DrChecklistPhase.Post, [.. made, Check("VectorRecall", Outcome.Passed)])[0].Outcome);
    }

    private static IReadOnlyList<DrChecklistItem> Answers(
        DrChecklistPhase phase, CheckResult[]? checks = null, DrChecklistEntry[]? entries = null, string? incident = null) =>
        new DrChecklistAnswering("letta", incident, checks ?? [], entries ?? [], Within, Now)
        {
            SystemChecks = ["ForeignKeysHold", "DatabaseReachable", "VectorRecall"],
        }.Of(phase);

    private static CheckResult Check(string name, Outcome outcome) => new()
    {
        Name = name, Target = "letta", Outcome = outcome, Evidence = "seen by a check.", Remedy = outcome == Outcome.Passed ? null : "mend it", CheckedAt = Now,
    };

    private static DrChecklistEntry Entry(DrChecklistPhase phase, int number, Outcome outcome, int daysAgo) => new()
    {
        Sequence = 1, Deployment = "letta", Phase = phase, Number = number, Outcome = outcome, By = "ann", RecordedBy = "ann@here", At = Now.AddDays(-daysAgo), Note = "seen",
    };
}
