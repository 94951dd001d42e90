namespace LettaDr.Tests;

public sealed class DatabaseCorruptionRunbookTests
{
    private static readonly RunbookStepKind[] All = Enum.GetValues<RunbookStepKind>();
    private static readonly Backup Older = Sample.Set(Sample.Moment.AddHours(-2), proven: true);
    private static readonly Backup Newer = Sample.Set(Sample.Moment);
    private static int operations;

    private readonly Journals _journals = new();

    [Fact]
    public async Task Damaged_tables_take_every_step_and_the_newest_proven_set()
    {
        var site = new Site();

        var result = await RunAsync(site, [Newer, Older]);

        Assert.Equal(["stop", "assess", "restore " + Older.Id, "validate", "back"], site.Done);
        Assert.Equal(All, result.Steps.Select(step => step.Step));
        Assert.Equal(All.Select(kind => kind.ToString()), _journals.Saved.Values.Single(journal => journal.Kind == "Runbook").Steps.Select(step => step.Name));
        Assert.Equal((Older.Id, true, "letta__before_x"), (result.BackupId, result.BroughtBack, result.PreviousDatabase));
        Assert.Equal(Site.StoppedAt - Older.SnapshotTime, result.DataLoss);
        Assert.Contains("1 newer set is not proven", result.Steps[3].Evidence, StringComparison.Ordinal);
        Assert.Contains("3 hours", result.Steps[3].Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_set_that_was_made_in_maintenance_loses_nothing() =>
        Assert.Equal(TimeSpan.Zero, (await RunAsync(new Site(), [Sample.Set(Site.StoppedAt.AddMinutes(5), proven: true)])).DataLoss);

    [Theory]
    [InlineData(DamageVerdict.NothingFound, true)]
    [InlineData(DamageVerdict.IndexesOnly, false)]
    [InlineData(DamageVerdict.NotAssessed, false)]
    public async Task Without_damaged_tables_nothing_is_replaced_unless_forced(DamageVerdict verdict, bool back)
    {
        var site = new Site { Verdict = verdict };

        var result = await RunAsync(site, [Older]);

        Assert.Equal(back ? ["stop", "assess", "back"] : ["stop", "assess"], site.Done);
        Assert.Equal((null, back, back), (result.BackupId, result.BroughtBack, result.Remedy is null));
        Assert.Equal(All, result.Steps.Select(step => step.Step));
        var forced = new Site { Verdict = verdict };
        await RunAsync(forced, [Older], force: true);
        Assert.Contains("restore " + Older.Id, forced.Done);
    }

    [Fact]
    public async Task Where_none_is_proven_the_newest_that_restores_is_proven_first()
    {
        var bad = Sample.Set(Sample.Moment.AddHours(1));
        var site = new Site { Bad = bad.Id };

        var result = await RunAsync(site, [bad, Newer]);

        Assert.Equal(["stop", "assess", "prove " + bad.Id, "prove " + Newer.Id, "restore " + Newer.Id, "validate", "back"], site.Done);
        Assert.Contains("proven now", result.Steps[3].Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_set_that_restores_replaces_nothing()
    {
        var site = new Site { Bad = Newer.Id };

        Assert.Equal("NoProvenBackup", (await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(site, [Newer]))).Id);
        Assert.Equal("NoProvenBackup", (await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(new Site(), []))).Id);

        Assert.DoesNotContain(site.Done, step => step.StartsWith("restore", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_set_that_is_named_is_taken_as_it_is()
    {
        var site = new Site();

        await RunAsync(site, [Newer, Older], named: Newer);

        Assert.Equal(["stop", "assess", "restore " + Newer.Id, "validate", "back"], site.Done);
    }

    [Fact]
    public async Task A_database_that_is_damaged_again_is_not_given_to_the_server()
    {
        var site = new Site { Invalid = "PageChecksums" };

        Assert.Equal("RestoredDatabaseDamaged", (await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(site, [Older]))).Id);
        Assert.DoesNotContain("back", site.Done);

        var known = new Site { Invalid = "MessageIdsResolve" };
        var result = await RunAsync(known, [Older]);
        Assert.Equal(Outcome.Failed, result.Steps[5].Outcome);
        Assert.Contains("back", known.Done);
    }

    [Fact]
    public async Task A_restore_that_broke_off_is_ended_though_no_damage_is_left()
    {
        await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(new Site { FailingRestore = true, Journals = _journals }, [Newer, Older]));
        var site = new Site { Verdict = DamageVerdict.NothingFound };

        await RunAsync(site, [Newer, Older]);

        Assert.Equal(["stop", "assess", "restore " + Older.Id, "validate", "back"], site.Done);
        var third = new Site { Verdict = DamageVerdict.NothingFound };
        await RunAsync(third, [Newer, Older]);
        Assert.Equal(["stop", "assess", "back"], third.Done);
    }

    [Fact]
    public void The_plan_names_every_step_and_the_question_the_loss()
    {
        var request = Request([Newer, Older], null, false);

        var plan = RunbookDescription.Plan(Runbook.Of(RunbookName.DatabaseCorruption), request);

        Assert.All(All, kind => Assert.Contains(kind.ToString(), plan, StringComparison.Ordinal));
        Assert.Contains(Older.Id, plan, StringComparison.Ordinal);
        Assert.Contains("in the 5 hours since is no longer live", RunbookDescription.Question(request, Sample.Moment.AddHours(3)), StringComparison.Ordinal);
        Assert.Contains("none is proven", RunbookDescription.Plan(Runbook.Of(RunbookName.DatabaseCorruption), Request([Newer], null, false)), StringComparison.Ordinal);
        Assert.Contains("There is no set", RunbookDescription.Question(Request([], null, false), Sample.Moment), StringComparison.Ordinal);
    }

    private static RunbookRequest Request(IReadOnlyList<Backup> sets, Backup? named, bool force) => new()
    {
        Deployment = "letta", Database = "letta", Sets = sets, Backup = named, Force = force,
        OperationId = $"20261122T120000Z-{Interlocked.Increment(ref operations):x6}",
    };

    private Task<RunbookResult> RunAsync(Site site, IReadOnlyList<Backup> sets, Backup? named = null, bool force = false) =>
        new DatabaseCorruptionRunbook(Request(sets, named, force), site, NoObserver.Instance, _journals).RunAsync(CancellationToken.None);

    private sealed class Site : IDatabaseCorruptionSite
    {
        public static readonly DateTimeOffset StoppedAt = Sample.Moment.AddHours(1);

        public DamageVerdict Verdict { get; init; } = DamageVerdict.TablesDamaged;

        public string? Bad { get; init; }

        public string? Invalid { get; init; }

        public bool FailingRestore { get; init; }

        public Journals? Journals { get; init; }

        public List<string> Done { get; } = [];

        public Task<MaintenanceState?> StopWritersAsync(CancellationToken cancellationToken)
        {
            Done.Add("stop");
            return Task.FromResult<MaintenanceState?>(new MaintenanceState { Deployment = "letta", Active = true, Since = StoppedAt, Database = "letta" });
        }

        public Task<DamageAssessment> AssessAsync(CancellationToken cancellationToken)
        {
            Done.Add("assess");
            var outcome = Verdict switch { DamageVerdict.NothingFound => Outcome.Passed, DamageVerdict.NotAssessed => Outcome.NotRun, _ => Outcome.Failed };
            return Task.FromResult(new DamageAssessment
            {
                Checks = [Check("TablesReadable", outcome)],
                Damaged = outcome == Outcome.Failed ? [new DamagedRelation("r", Verdict == DamageVerdict.IndexesOnly, "bad")] : [],
            });
        }

        public Task<CheckResult> ProveAsync(Backup backup, CancellationToken cancellationToken)
        {
            Done.Add("prove " + backup.Id);
            return Task.FromResult(Check(BackupProving.CheckName, backup.Id == Bad ? Outcome.Failed : Outcome.Passed));
        }

        public Task<SystemRestoreResult> RestoreAsync(Backup backup, CancellationToken cancellationToken)
        {
            Done.Add("restore " + backup.Id);
            if (FailingRestore)
            {
                Journals!.Save(new OperationJournal
                {
                    Id = "20261122T120000Z-system", Kind = SystemRestore.Kind, Deployment = "letta", BackupId = backup.Id, StartedAt = DateTimeOffset.UtcNow,
                    Machine = "m", ProcessId = 1,
                });
                throw new LettaDrException("Failed", FaultKind.OperationFailed, "It failed.", "Try again.");
            }

            return Task.FromResult(new SystemRestoreResult
            {
                BackupId = backup.Id, Deployment = "letta", SnapshotTime = backup.SnapshotTime, CompletedAt = Sample.Moment, Duration = TimeSpan.Zero,
                RecoveryTimes = [], Stages = [],
                Database = new RestoreResult
                {
                    BackupId = backup.Id, Deployment = "letta", Database = "letta", PreviousDatabase = "letta__before_x", SnapshotTime = backup.SnapshotTime,
                    CompletedAt = Sample.Moment, Duration = TimeSpan.Zero, TablesIdentical = 1, Tables = 1, Rows = 1, Bytes = 1, Objects = 1, Stages = [],
                },
            });
        }

        public Task<IReadOnlyList<CheckResult>> ValidateAsync(Backup backup, CancellationToken cancellationToken)
        {
            Done.Add("validate");
            return Task.FromResult<IReadOnlyList<CheckResult>>([Check(Invalid ?? "PageChecksums", Invalid is null ? Outcome.Passed : Outcome.Failed)]);
        }

        public Task<BroughtBack> BringBackAsync(CancellationToken cancellationToken)
        {
            Done.Add("back");
            return Task.FromResult(new BroughtBack(["letta_db"], [], null));
        }

        private static CheckResult Check(string name, Outcome outcome) => new() { Name = name, Target = "letta", Outcome = outcome, Evidence = "Seen." };
    }

    private sealed class Journals : IJournalStore
    {
        public SortedDictionary<string, OperationJournal> Saved { get; } = new(StringComparer.Ordinal);

        public void Save(OperationJournal journal) => Saved[journal.Id] = journal;

        public IReadOnlyList<OperationJournal> Find(string kind, string? deployment) =>
            [.. Saved.Values.Where(journal => journal.Kind == kind && journal.Deployment == deployment)];
    }
}
