namespace LettaDr.Tests;

public sealed class SystemRestoreTests
{
    private static readonly RestoreStepKind[] All = Enum.GetValues<RestoreStepKind>();

    private readonly Journals _journals = new();

    public static TheoryData<RestoreStepKind> Steps => [.. All];

    [Fact]
    public async Task Steps_are_taken_in_the_order_of_the_plan_and_stand_in_the_journal()
    {
        var target = new Target();

        var result = await RunAsync(Plan(), target);

        Assert.Equal(All, target.Taken);
        Assert.Equal(All.Select(kind => kind.ToString()), result.Stages.Select(step => step.Name));
        Assert.All(result.Stages, step => Assert.Equal(Outcome.Passed, step.Outcome));
        Assert.Null(result.ResumedOperation);
        Assert.Equal(Outcome.Passed, _journals.Saved.Values.Single().Outcome);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task What_died_in_a_step_goes_on_there_and_does_no_work_twice(RestoreStepKind failing)
    {
        var first = new Target { Failing = failing };
        await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(Plan(), first));
        _journals.ForgetTheEnd();
        var second = new Target();
        var observer = new Observer();

        var result = await RunAsync(Plan(), second, observer);

        Assert.Equal(_journals.Saved.Keys.Order(StringComparer.Ordinal).First(), result.ResumedOperation);
        Assert.Contains(failing.ToString(), Assert.Single(observer.Warnings), StringComparison.Ordinal);
        Assert.All(All.Where(kind => kind >= failing), kind => Assert.Contains(kind, second.Taken));
        RestoreStepKind[] heavy = [RestoreStepKind.RestoreConfiguration, RestoreStepKind.RestoreDatabase, RestoreStepKind.RestoreCache, RestoreStepKind.RestoreMemory];
        Assert.All(heavy.Where(kind => kind < failing), kind => Assert.DoesNotContain(kind, second.Taken));
        Assert.Equal(failing <= RestoreStepKind.StartServer, second.Taken.Contains(RestoreStepKind.EnterMaintenance));
        Assert.Equal(All.Length, result.Stages.Count);
        Assert.Equal(result.CompletedAt - result.Duration, result.Stages.Select(step => step.StartedAt).Append(_journals.Saved.Values.Last().StartedAt).Min());
    }

    [Theory]
    [InlineData(RestoreStepKind.RestoreCache, true)]
    [InlineData(RestoreStepKind.StartServer, true)]
    [InlineData(RestoreStepKind.TestConnectivity, false)]
    [InlineData(RestoreStepKind.CompareAgents, false)]
    public async Task What_failed_is_gone_on_with_until_the_server_runs_and_users_may_write(RestoreStepKind failing, bool resumed)
    {
        await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(Plan(), new Target { Failing = failing }));
        var second = new Target();

        Assert.Equal(resumed, (await RunAsync(Plan(), second)).ResumedOperation is not null);
        Assert.Equal(!resumed, second.Taken.Contains(RestoreStepKind.RestoreDatabase));
    }

    [Theory]
    [InlineData("Restore")]
    [InlineData("UndoRestore")]
    [InlineData("ExitMaintenance")]
    public async Task What_was_exchanged_or_opened_since_is_not_taken_for_restored(string kind)
    {
        await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(Plan(), new Target { Failing = RestoreStepKind.StartServer }));
        _journals.Save(new OperationJournal
        {
            Id = "20991122T120000Z-abcdef", Kind = kind, Deployment = "letta", StartedAt = DateTimeOffset.UtcNow.AddSeconds(1), Machine = "m", ProcessId = 1,
        });

        await AssertBeginsAnewAsync(Plan());
    }

    [Fact]
    public async Task Another_destination_is_another_restore_and_a_run_that_dies_at_once_forgets_nothing()
    {
        await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(Plan(), new Target { Failing = RestoreStepKind.StartServer }));
        await AssertBeginsAnewAsync(Plan() with { Destination = "/elsewhere" });

        await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(Plan(), new Target { Failing = RestoreStepKind.StartServer }));
        await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(Plan(), new Target { Failing = RestoreStepKind.EnterMaintenance }));
        var third = new Target();
        await RunAsync(Plan(), third);
        Assert.DoesNotContain(RestoreStepKind.RestoreDatabase, third.Taken);
    }

    [Fact]
    public async Task A_deployment_that_is_left_closed_is_told_of()
    {
        var observer = new Observer();

        await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(Plan(), new Target { Failing = RestoreStepKind.RestoreCache }, observer));

        Assert.Contains("stays in maintenance", Assert.Single(observer.Warnings), StringComparison.Ordinal);
        Assert.Contains("the restored database is live", observer.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("Exit-LettaMaintenance", observer.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_third_run_knows_what_the_first_had_done()
    {
        await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(Plan(), new Target { Failing = RestoreStepKind.RestoreCache }));
        await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(Plan(), new Target { Failing = RestoreStepKind.StartServer }));
        var third = new Target();

        await RunAsync(Plan(), third);

        Assert.DoesNotContain(RestoreStepKind.RestoreDatabase, third.Taken);
        Assert.DoesNotContain(RestoreStepKind.RestoreCache, third.Taken);
        Assert.Contains(RestoreStepKind.StartServer, third.Taken);
    }

    [Fact]
    public async Task What_ended_well_was_told_to_begin_anew_is_of_another_set_or_too_long_ago_is_not_resumed()
    {
        var failing = new Target { Failing = RestoreStepKind.StartServer };

        await RunAsync(Plan(), new Target());
        await AssertBeginsAnewAsync(Plan());

        await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(Plan(), failing));
        await AssertBeginsAnewAsync(Plan(), restart: true);

        await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(Plan(), failing));
        await AssertBeginsAnewAsync(Plan() with { Backup = Sample.Set(Sample.Moment) });

        await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(Plan(), failing));
        _journals.Age(TimeSpan.FromHours(25));
        await AssertBeginsAnewAsync(Plan());
    }

    [Fact]
    public async Task What_stands_in_the_way_is_told_before_anything_is_touched()
    {
        var target = new Target();

        var refusal = await Assert.ThrowsAsync<LettaDrException>(
            () => RunAsync(Plan() with { Obstacles = ["Port 5432 is taken.", "The image letta is not there."] }, target));

        Assert.Equal("RestorePlanObstructed", refusal.Id);
        Assert.Contains("Port 5432", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("image letta", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(target.Taken);
        Assert.Empty(_journals.Saved);
    }

    [Fact]
    public async Task A_step_that_is_left_out_is_not_taken()
    {
        var plan = Plan();
        plan.Steps.Single(step => step.Kind == RestoreStepKind.RestoreCache).Skip = true;
        var target = new Target();

        var result = await RunAsync(plan, target);

        Assert.Equal(All.Except([RestoreStepKind.RestoreCache]), target.Taken);
        Assert.DoesNotContain(result.Stages, step => step.Name == nameof(RestoreStepKind.RestoreCache));
    }

    [Fact]
    public async Task The_database_is_not_restored_under_a_server_that_runs()
    {
        var plan = Plan();
        plan.Steps.Single(step => step.Kind == RestoreStepKind.EnterMaintenance).Skip = true;
        var target = new Target();

        Assert.Equal("RestorePlanUnsafe", (await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(plan, target))).Id);
        Assert.Empty(target.Taken);

        plan.Steps.Single(step => step.Kind == RestoreStepKind.RestoreDatabase).Skip = true;
        await RunAsync(plan, target);
    }

    [Fact]
    public void Times_are_counted_to_the_components_that_have_objectives()
    {
        JournalStep Step(RestoreStepKind kind, double minutes) => new()
        {
            Name = kind.ToString(), StartedAt = Sample.Moment, Duration = TimeSpan.FromMinutes(minutes), Outcome = Outcome.Passed,
        };

        var times = RecoveryTimes.Of(
            [Step(RestoreStepKind.StartInfrastructure, 1), Step(RestoreStepKind.RestoreDatabase, 130), Step(RestoreStepKind.StartServer, 2)],
            TimeSpan.FromMinutes(135));

        Assert.Equal(
            [("Database", 131.0, false), ("Server", 2.0, true), ("System", 135.0, true)],
            times.Select(time => (time.Component, time.Actual.TotalMinutes, time.IsMet)));
        Assert.Equal([2.0, 0.5, 4], times.Select(time => time.Objective.TotalHours));
    }

    private static RestorePlan Plan() => new()
    {
        Backup = Set, Deployment = "letta", Steps = [.. All.Select(kind => new RestorePlanStep(kind, "does " + kind))],
    };

    private static readonly Backup Set = Sample.Set(Sample.Moment);

    private static int operations;

    private Task<SystemRestoreResult> RunAsync(RestorePlan plan, Target target, Observer? observer = null, bool restart = false) =>
        new SystemRestore(target, observer ?? new Observer(), _journals)
            .RunAsync(plan, $"20261122T120000Z-{Interlocked.Increment(ref operations):x6}", restart, CancellationToken.None);

    private async Task AssertBeginsAnewAsync(RestorePlan plan, bool restart = false)
    {
        var target = new Target();
        Assert.Null((await RunAsync(plan, target, restart: restart)).ResumedOperation);
        Assert.Equal(All, target.Taken);
    }

    private sealed class Target : ISystemTarget
    {
        public RestoreStepKind? Failing { get; init; }

        public List<RestoreStepKind> Taken { get; } = [];

        public Task<string?> RunAsync(RestoreStepKind step, SystemRestoreRun run, CancellationToken cancellationToken)
        {
            Taken.Add(step);
            return step == Failing
                ? throw new LettaDrException("StepFailed", FaultKind.OperationFailed, $"{step} failed.", "Try again.")
                : Task.FromResult<string?>("done");
        }
    }

    private sealed class Observer : IOperationObserver
    {
        public List<string> Warnings { get; } = [];

        public void Progress(OperationProgress progress)
        {
        }

        public void Verbose(string message)
        {
        }

        public void Warning(string message) => Warnings.Add(message);
    }

    private sealed class Journals : IJournalStore
    {
        public SortedDictionary<string, OperationJournal> Saved { get; } = new(StringComparer.Ordinal);

        public void Save(OperationJournal journal) => Saved[journal.Id] = journal;

        public IReadOnlyList<OperationJournal> Find(string kind, string? deployment) =>
            [.. Saved.Values.Where(journal => journal.Kind == kind && journal.Deployment == deployment)];

        /// <summary>As if the process had been killed.</summary>
        public void ForgetTheEnd()
        {
            foreach (var (id, journal) in Saved.ToList())
            {
                Saved[id] = journal with { Outcome = null, EndedAt = null, Message = null };
            }
        }

        public void Age(TimeSpan age)
        {
            foreach (var (id, journal) in Saved.ToList())
            {
                Saved[id] = journal with { StartedAt = journal.StartedAt - age };
            }
        }
    }
}
