namespace LettaDr.Systems.Tests;

/// <summary>Objects of every kind that a report has a section for, as a deployment's year gives them; the same at every run.</summary>
internal static class ReportSample
{
    public const string Hostile = "<script>alert('x')</script> & \"quoted\" | pipe\nnext `tick` [link](https://example.org) *bold*";

    public static readonly DateTimeOffset Now = new(2026, 11, 23, 11, 30, 0, TimeSpan.Zero);

    public static DrReport ReportOf(params IEnumerable<object>[] items) => Build(items.SelectMany(some => some));

    public static DrReport Build(IEnumerable<object> items, string? title = null)
    {
        var builder = new DrReportBuilder(Now, "dr-host-01", title);
        foreach (var item in items)
        {
            builder.Add(item);
        }

        return builder.Build();
    }

    public static IEnumerable<object> Everything() =>
    [
        .. Objectives(), .. Checks(), .. Checklist(), .. Drills(), .. Schedule(), .. Backups("letta-production", 96 * 24, 7), .. Backups("letta-staging", 30, 1), Archive(), .. Restores(),
        Runbook(), .. Journals(4), .. Retention(), .. Deliveries(),
    ];

    public static CheckResult Check(string name, Outcome outcome, string target = "letta-production", string evidence = "Seen.") => new()
    {
        Name = name, Target = target, Outcome = outcome, Evidence = evidence, Remedy = outcome == Outcome.Passed ? null : "Look at it.",
        Duration = TimeSpan.FromSeconds(1.25), CheckedAt = Now.AddMinutes(-3),
    };

    public static IEnumerable<RecoveryObjective> Objectives() =>
    [
        Objective(RecoveryObjectiveKind.RTO, RecoveryComponent.Database, 120, 6.7, 9.2, Outcome.Passed, "2026-11-20 02:14:31Z: the drill 20261120T021000Z-106a76 of set 20261119T120000Z-0bbc21 took 0:06:42 on a throw-away server of dr-host-01."),
        Objective(RecoveryObjectiveKind.RTO, RecoveryComponent.Server, 30, 4, 4, Outcome.Passed, "2026-11-02 03:40:11Z: the restore 20261102T031500Z-9f77aa took 0:04:00."),
        Objective(RecoveryObjectiveKind.RTO, RecoveryComponent.Cache, 15, 11.5, 17.2, Outcome.Failed, "2026-11-02 03:31:40Z: the restore 20261102T031500Z-9f77aa took 0:11:30; with today's sizes it would take 0:17:12."),
        Objective(RecoveryObjectiveKind.RTO, RecoveryComponent.System, 240, null, null, Outcome.NotRun, "No journal tells of a restore or a drill of it."),
        Objective(RecoveryObjectiveKind.RPO, RecoveryComponent.Database, 15, 0.4, 1.3, Outcome.Passed, "0:00:24 would be lost now: the last commit found in the received log is of 2026-11-23 11:29:36Z."),
        Objective(RecoveryObjectiveKind.RPO, RecoveryComponent.Configuration, 60, 760, null, Outcome.Failed, "No set holds what has changed, 2026-11-22 22:50:00Z or later: .env."),
    ];

    public static IEnumerable<CheckResult> Checks() =>
    [
        Check("NewestSetIntact", Outcome.Passed, evidence: "20261123T110000Z-00001a: 21 of 21 files have the digests that its manifest says."),
        Check("NewestSetProven", Outcome.Passed, evidence: "20261122T120000Z-00005b was restored 2026-11-22 13:02:11Z: 49 of 49 tables identical, 1,043,118 rows."),
        Check("RetentionCompliant", Outcome.Passed, evidence: "24 hourly, 7 daily, 4 weekly and 6 monthly sets are there."),
        Check("ContactsComplete", Outcome.Failed, evidence: "The contact of the role Database has no second way to be reached.") with { Remedy = "Add a telephone number to the contact in the plan file." },
        Check("RecoverySiteFits", Outcome.NotRun, "site-b", "The site site-b was not asked: -Deep was not given.") with { Remedy = "Run Test-LettaDrReadiness -Deep." },
        Check("AgentsReadBack", Outcome.Passed, "letta_server", $"52 agents, among them {Hostile}."),
    ];

    public static IEnumerable<DrChecklistItem> Checklist() =>
    [
        Item(1, "Backups are made and complete.", Outcome.Passed, "NewestSetIntact: 21 of 21 files have their digests.", null),
        Item(2, "Contacts are up to date.", Outcome.Passed, "Called all of them.", "Ada"),
        Item(3, "Runbooks have been reviewed.", Outcome.NotRun, "Nobody has answered it.", null),
    ];

    private static DrChecklistItem Item(int number, string text, Outcome outcome, string evidence, string? by) => new()
    {
        Deployment = "letta-production", Phase = DrChecklistPhase.Pre, Number = number, Text = text, AnsweredBy = [], Outcome = outcome, Evidence = evidence, By = by,
        At = outcome == Outcome.NotRun ? null : Now.AddDays(-1), Remedy = outcome == Outcome.Passed ? null : "Review them, then Set-LettaDrChecklistItem.",
    };

    public static IEnumerable<Backup> Backups(string deployment, int count, int provenEvery)
    {
        for (var i = 0; i < count; i++)
        {
            var time = Now.AddMinutes(-30).AddHours(-i);
            // A quiet weekend, some crashes, and a set whose restore failed.
            if (time.DayOfWeek == DayOfWeek.Sunday && time.Day is > 7 and < 15)
            {
                continue;
            }

            yield return Set(deployment, time, i % 97 == 41 ? BackupState.Incomplete : i == 700 ? BackupState.Damaged : BackupState.Complete,
                i == 300 ? Outcome.Failed : i % (24 * provenEvery) == 23 ? Outcome.Passed : null);
        }
    }

    public static Backup Set(string deployment, DateTimeOffset time, BackupState state = BackupState.Complete, Outcome? proof = null)
    {
        var id = $"{time:yyyyMMdd'T'HHmmss'Z'}-{(uint)time.GetHashCode() % 0xffffff:x6}";
        var manifest = state != BackupState.Complete ? null : new BackupManifest
        {
            Format = 1, Id = id, Deployment = deployment, Label = time.Hour == 2 ? "nightly" : null, Writer = "LettaDr 0.1.0", StartedAt = time.AddSeconds(-2),
            CompletedAt = time.AddSeconds(81), Seal = new string('c', 64),
            Database = new DatabasePart
            {
                SnapshotTime = time, Lsn = "1A/2B3C4D58", Name = "letta", ServerVersion = "17.6", SystemIdentifier = "7575757575757575757", Tables = 49, Rows = 1_043_118,
                Bytes = 2L << 30,
            },
            Files = [.. Enumerable.Range(0, 20).Select(number => new BackupFile($"rows/{number:0000}.copy.zst", 31_000_000, new string('a', 64)))],
        };
        return new Backup
        {
            Id = id, Deployment = deployment, State = state, Repository = "/srv/letta-backups", Path = $"/srv/letta-backups/{deployment}/sets/{id}", SnapshotTime = time,
            Manifest = manifest, Problem = state == BackupState.Complete ? null : state == BackupState.Damaged ? "Its manifest is damaged: its bytes do not match its seal." : "Left by an operation that did not end.",
            LastProof = proof is null ? null : new BackupProof
            {
                BackupId = id, ManifestSeal = new string('c', 64), TestedAt = time.AddHours(1), Outcome = proof.Value, Duration = TimeSpan.FromSeconds(402),
                Evidence = proof == Outcome.Passed ? "49 of 49 tables identical." : "letta.messages has 522344 rows of 522345.",
            },
        };
    }

    public static WalArchive Archive() => new()
    {
        Deployment = "letta-production", Repository = "/srv/letta-backups", Path = "/srv/letta-backups/letta-production/wal/7575757575757575757", SystemIdentifier = "7575757575757575757",
        State = WalArchiveState.Streaming, Slot = "lettadr", Timeline = 1, Segments = 1234, Size = 7_000_000_000, RecoverableAt = Now.AddSeconds(-24), Lag = TimeSpan.FromSeconds(24),
        LagBytes = 16_384, BaseId = "20261122T120000Z-00005b", HeartbeatInterval = TimeSpan.FromSeconds(10), RecoverableLsn = Lsn.Parse("1A/2B3C4D58"),
    };

    public static DrTestResult Drill(DrTestScenario scenario, DateTimeOffset began, Outcome? outcome, string deployment = "letta-production")
    {
        DrTestStep[] steps =
        [
            new("Make a sandbox", Outcome.Passed, began, TimeSpan.FromSeconds(21), "Three containers answer, on a network that they share with nobody."),
            new("Restore the newest set", Outcome.Passed, began.AddSeconds(21), TimeSpan.FromSeconds(188), "49 of 49 tables identical, 1,043,118 rows."),
            new("Plant a fault", Outcome.Passed, began.AddSeconds(209), TimeSpan.FromSeconds(2), "One row of messages was changed."),
            new("Catch it", outcome ?? Outcome.NotRun, began.AddSeconds(211), TimeSpan.FromSeconds(64), "letta.messages differs in 1 row."),
            new("Remove the sandbox", Outcome.Passed, began.AddSeconds(275), TimeSpan.FromSeconds(9), "No container, network or volume is left."),
        ];
        return new DrTestResult
        {
            Id = $"{began:yyyyMMdd'T'HHmmss'Z'}-d0{(int)scenario:x4}", Scenario = scenario, Deployment = deployment, Target = "lettadr-drill-7f21c4", IsSandbox = true, BackupId = "20261119T120000Z-0bbc21", StartedAt = began,
            EndedAt = outcome is null ? null : began.AddSeconds(284), Outcome = outcome,
            Objectives = ["Show that the newest set restores within two hours, and that verification finds one changed row.", "Left out: the network between sites."],
            Configuration = new Dictionary<string, string> { ["PostgreSQL"] = "17.6, pgvector 0.8.1", ["Image of letta_db"] = "pgvector/pgvector:pg17", ["Size of the database"] = "2.0 GiB" },
            Steps = steps, PlantedFault = "One row of letta.messages was changed behind the server's back.", FaultCaught = outcome == Outcome.Passed,
            Measurements = [new(RecoveryComponent.Database, RecoveryObjectiveKind.RTO, TimeSpan.FromSeconds(188), TimeSpan.FromHours(2))],
            Issues = outcome == Outcome.Passed ? [new("The image had to be pulled first.", "It is kept on the host now.")] : [new("The changed row was not found.", null)],
            Recommendations = ["Keep the images on the recovery site.", "Repeat within the quarter."], Machine = "dr-host-01", ProcessId = 4711,
        };
    }

    public static IEnumerable<DrTestResult> Drills() =>
    [
        Drill(DrTestScenario.FullRestore, Now.AddDays(-110), Outcome.Failed), Drill(DrTestScenario.FullRestore, Now.AddDays(-20), Outcome.Passed),
        Drill(DrTestScenario.DatabaseFailover, Now.AddDays(-9), Outcome.Passed), Drill(DrTestScenario.DataCorruption, Now.AddDays(-40), Outcome.Failed),
        Drill(DrTestScenario.NetworkPartition, Now.AddDays(-2), null),
    ];

    public static IEnumerable<DrTestScheduleEntry> Schedule() =>
    [
        Entry("FullRestore", 92, -20, Outcome.Passed), Entry("DatabaseFailover", 14, -9, Outcome.Passed), Entry("DataCorruption", 31, -70, Outcome.Failed), Entry("ComponentFailure", 31, null, null),
        Entry("BackupValidation", 7, -1, Outcome.Passed),
    ];

    public static DrTestScheduleEntry Entry(string test, int every, int? passed, Outcome? last) => new()
    {
        Deployment = "letta-production", Test = test, Every = TimeSpan.FromDays(every), LastPassed = passed is { } days ? Now.AddDays(days) : null, LastOutcome = last,
        NextDue = passed is { } ago ? Now.AddDays(ago + every) : Now, IsOverdue = passed is null || passed + every < 0,
    };

    public static IEnumerable<object> Restores()
    {
        var began = Now.AddDays(-21);
        JournalStep[] stages =
        [
            Stage("Create the database", began, 0, 1.2), Stage("Restore the schema", began, 1.2, 7), Stage("Load the rows", began, 8.2, 141, 2L << 30),
            Stage("Build indexes and constraints", began, 131, 96), Stage("Compare every row and object, collect statistics", began, 227, 48), Stage("Swap", began, 275, 0.1),
        ];
        var database = new RestoreResult
        {
            BackupId = "20261102T020000Z-0bbc21", Deployment = "letta-production", Database = "letta", PreviousDatabase = "letta__before_20261102T031500Z-9f77aa", SnapshotTime = began.AddHours(-1),
            CompletedAt = began.AddSeconds(276), Duration = TimeSpan.FromSeconds(276), TablesIdentical = 49, Tables = 49, Rows = 1_043_118, Bytes = 2L << 30, Objects = 1120, Stages = stages,
        };
        return
        [
            database,
            new SystemRestoreResult
            {
                BackupId = database.BackupId, Deployment = "letta-production", Destination = "/srv/letta", SnapshotTime = database.SnapshotTime, CompletedAt = began.AddMinutes(16),
                Duration = TimeSpan.FromMinutes(16), Database = database, Checks = [Check("ServerAnswersRealQuery", Outcome.Passed)], Agents = new AgentComparison(52, [], []),
                RecoveryTimes = [new RecoveryTime("System", TimeSpan.FromHours(4), TimeSpan.FromMinutes(16))],
                Stages = [Stage("VerifySet", began, 0, 12), Stage("RestoreConfiguration", began, 12, 3), Stage("RestoreDatabase", began, 15, 276), Stage("RestoreCache", began, 291, 18), Stage("StartServer", began, 309, 140)],
            },
        ];
    }

    public static JournalStep Stage(string name, DateTimeOffset began, double start, double seconds, long? bytes = null) => new()
    {
        Name = name, StartedAt = began.AddSeconds(start), Duration = TimeSpan.FromSeconds(seconds), Outcome = Outcome.Passed, Bytes = bytes,
    };

    public static RunbookResult Runbook() => new()
    {
        Name = RunbookName.DatabaseCorruption, Deployment = "letta-production", Verdict = DamageVerdict.TablesDamaged, BackupId = "20261102T020000Z-0bbc21", DataLoss = TimeSpan.FromMinutes(17),
        BroughtBack = true, Duration = TimeSpan.FromSeconds(611),
        Steps =
        [
            new(RunbookStepKind.StopWriters, Outcome.Passed, "The server is stopped, nobody is connected.", TimeSpan.FromSeconds(11)),
            new(RunbookStepKind.Assess, Outcome.Failed, "Tables are damaged: letta.archival_passages.", TimeSpan.FromSeconds(130)),
            new(RunbookStepKind.Restore, Outcome.Passed, "49 of 49 tables identical.", TimeSpan.FromSeconds(420)),
        ],
    };

    public static IEnumerable<OperationJournal> Journals(int count) => Enumerable.Range(0, count).Select(number =>
    {
        var began = Now.AddHours(-number - 1);
        return new OperationJournal
        {
            Id = $"{began:yyyyMMdd'T'HHmmss'Z'}-{number:x6}", Kind = "Backup", Deployment = "letta-production", BackupId = "20261123T110000Z-00001a", StartedAt = began, EndedAt = number == 2 ? null : began.AddSeconds(83),
            Outcome = number == 2 ? null : Outcome.Passed, Machine = "dr-host-01", ProcessId = 7,
            Steps = [Stage("Dump the schema", began, 0, 11), Stage("Copy table rows", began, 3, 72, 2L << 30), Stage("Seal and publish", began, 75, 2)],
        };
    });

    public static IEnumerable<object> Retention() =>
    [
        new RetentionDecision { Backup = Set("letta-production", Now.AddHours(-2)), Reasons = ["hourly 2026-11-23 09:00", "newest"] },
        new RetentionDecision { Backup = Set("letta-production", Now.AddDays(-200)), Reasons = [], Removed = true },
        new WalRetention { Deployment = "letta-production", SystemIdentifier = "7575757575757575757", Segments = 1330, Doomed = 96, Size = 1L << 29, Reason = "needed by 20261122T120000Z-00005b" },
    ];

    public static IEnumerable<DrAlertDelivery> Deliveries() => [Delivery("on-call", true, -1), Delivery("on-call", false, -30), Delivery("mail", true, -2)];

    public static DrAlertDelivery Delivery(string to, bool delivered, int days) => new()
    {
        Notification = to, Kind = DrNotificationKind.Webhook, Delivered = delivered, Response = delivered ? "200 OK" : "500 Internal Server Error", Attempts = delivered ? 1 : 3,
        Duration = TimeSpan.FromSeconds(0.4), At = Now.AddDays(days),
    };

    private static RecoveryObjective Objective(RecoveryObjectiveKind kind, RecoveryComponent component, double target, double? actual, double? foreseen, Outcome outcome, string evidence) => new()
    {
        Deployment = "letta-production", Component = component, Kind = kind, Target = TimeSpan.FromMinutes(target), Actual = actual is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
        Forecast = kind == RecoveryObjectiveKind.RTO && foreseen is { } later ? TimeSpan.FromMinutes(later) : null,
        WorstCase = kind == RecoveryObjectiveKind.RPO && foreseen is { } worst ? TimeSpan.FromMinutes(worst) : null,
        Outcome = outcome, Evidence = evidence, Remedy = outcome == Outcome.Passed ? null : "Rehearse it: Restore-LettaSystem to a sandbox measures it.", MeasuredAt = actual is null ? null : Now.AddDays(-3),
    };
}
