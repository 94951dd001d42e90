namespace LettaDr;

/// <summary>Takes objects one by one and keeps of each kind the newest, which the metrics are made of.</summary>
internal sealed class MetricCollector
{
    private readonly Dictionary<(string Kind, string Key), (DateTimeOffset At, Action<MetricBook> Write)> _newest = [];
    private readonly Dictionary<(string Deployment, string Kind, BackupState State), int> _sets = [];
    private readonly Dictionary<(string Check, string Target, string? Deployment), CheckResult> _checks = [];
    private readonly Dictionary<(string Deployment, DrTestScenario Scenario), StandingJudgement<DrTestResult>> _drills = [];

    /// <summary>How many objects were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Takes one object.</summary>
    /// <returns>Whether there are metrics of its kind.</returns>
    /// <exception cref="LettaDrException">It is none of LettaDr's.</exception>
    public bool Add(object item)
    {
        switch (item)
        {
            case Backup it: Take(it); break;
            case CheckResult it: Take(it); break;
            // Of those that do not tell when they were written, the last one given is the newest.
            case RecoveryObjective it: Keep("objective", $"{it.Deployment}\0{it.Component}\0{it.Kind}", default, book => Write(book, it)); break;
            case DrTestScheduleEntry it: Take(it); break;
            case DrTestResult it: Take(it); break;
            case WalArchive it: Keep("archive", $"{it.Deployment}\0{it.SystemIdentifier}", default, book => Write(book, it)); break;
            case OperationJournal it: Take(it); break;
            case RestoreResult it: Restored("database", it.Deployment, it.CompletedAt, it.Duration, it.RecoveryPointAge); break;
            case SystemRestoreResult it: Restored("system", it.Deployment, it.CompletedAt, it.Duration, it.CompletedAt - it.SnapshotTime); break;
            case RecoveryResult it: Restored("cluster", it.Deployment, it.CompletedAt, it.Duration, it.RecoveryPointAge); break;
            case CacheRestoreResult it: Restored("cache", it.Deployment, it.CompletedAt, it.Duration, it.RecoveryPointAge); break;
            case DrAlertDelivery it: Take(it); break;
            case DrChecklistItem it: Keep("item", $"{it.Deployment}\0{it.Incident}\0{it.Phase}\0{it.Number}", default, book => Write(book, it)); break;
            default: return Refuse(item);
        }

        Taken++;
        return true;
    }

    /// <summary>The metrics in the order of their names, each with its samples in the order of their labels.</summary>
    public IReadOnlyList<MetricFamily> Build()
    {
        var book = new MetricBook();
        foreach (var (_, write) in _newest.Values)
        {
            write(book);
        }

        foreach (var check in _checks.Values)
        {
            Write(book, check);
        }

        foreach (var standing in _drills.Values)
        {
            Write(book, standing.Item);
        }

        foreach (var ((deployment, kind, state), number) in _sets)
        {
            book.Set(
                "lettadr_backup_sets", "Number of backup sets that were given, by state.", number,
                ("deployment", deployment), ("kind", kind), ("state", MetricBook.WordOf(state.ToString())));
        }

        return book.Families;
    }

    private void Take(Backup it)
    {
        // A set without a manifest cannot tell what it would have been.
        var kind = it.Kind.Length == 0 ? "unknown" : it.Kind;
        var key = (it.Deployment, kind, it.State);
        _sets[key] = _sets.GetValueOrDefault(key) + 1;
        if (it is not { State: BackupState.Complete, Manifest: { } manifest })
        {
            return;
        }

        (string, string)[] labels = [("deployment", it.Deployment), ("kind", kind)];
        var (completed, snapshot, size, duration, proven) = (manifest.CompletedAt, it.SnapshotTime, it.Size, it.Duration, it.ProvenAt);
        Keep("backup", $"{it.Deployment}\0{kind}", snapshot, book =>
        {
            book.Time("lettadr_backup_last_success", "When the newest complete backup set was complete.", completed, labels);
            book.Time("lettadr_backup_last_snapshot", "The moment whose state the newest complete backup set holds.", snapshot, labels);
            book.Set("lettadr_backup_size_bytes", "Size of the newest complete backup set.", size, labels);
            book.Seconds("lettadr_backup_duration", "How long making the newest complete backup set took.", duration, labels);
        });
        if (proven is { } tried)
        {
            Keep("proof", $"{it.Deployment}\0{kind}", tried, book => book.Time("lettadr_backup_last_proven", "When a restore last proved a backup set.", tried, labels));
        }
    }

    /// <summary>The worst of those of one name, for they may be of deployments that they do not tell; of equal ones the newest.</summary>
    private void Take(CheckResult it)
    {
        var key = (it.Name, it.Target, it.Deployment);
        if (!_checks.TryGetValue(key, out var known) || (Rank(it), it.CheckedAt).CompareTo((Rank(known), known.CheckedAt)) >= 0)
        {
            _checks[key] = it;
        }

        static int Rank(CheckResult check) => check.Outcome switch { Outcome.Failed => 2, Outcome.Passed => 0, _ => 1 };
    }

    private static void Write(MetricBook book, CheckResult it)
    {
        (string, string)[] labels = [("check", it.Name), .. Deployment(it.Deployment), ("target", it.Target)];
        book.State("lettadr_check_outcome", "How the check ended: 1 for the outcome that it had.", "outcome", it.Outcome, labels);
        book.Time("lettadr_check", "When the check was made.", it.CheckedAt, labels);
        book.Seconds("lettadr_check_duration", "How long the check took.", it.Duration, labels);
    }

    private static void Write(MetricBook book, RecoveryObjective it)
    {
        (string, string)[] labels = [("component", MetricBook.WordOf(it.Component.ToString())), ("deployment", it.Deployment), ("kind", it.Kind.ToString().ToLowerInvariant())];
        book.State("lettadr_recovery_objective_outcome", "Whether the recovery objective is met: 1 for the outcome that it had.", "outcome", it.Outcome, labels);
        book.Seconds("lettadr_recovery_objective_target", "The most that it may be.", it.Target, labels);
        book.Seconds("lettadr_recovery_objective_actual", "What was measured.", it.Actual, labels);
        book.Seconds("lettadr_recovery_objective_worst_case", "The most that would have been lost.", it.WorstCase, labels);
        book.Seconds("lettadr_recovery_objective_forecast", "How long the recovery would take with today's sizes.", it.Forecast, labels);
        book.Time("lettadr_recovery_objective_measured", "When it was measured.", it.MeasuredAt, labels);
    }

    private static void Write(MetricBook book, DrChecklistItem it)
    {
        (string, string)[] labels = [("deployment", it.Deployment), ("incident", it.Incident ?? string.Empty), ("item", $"{it.Number}"), ("phase", MetricBook.WordOf(it.Phase.ToString()))];
        book.State("lettadr_checklist_item_outcome", "What is known of the checklist's item: 1 for the outcome that it has.", "outcome", it.Outcome, labels);
    }

    /// <summary>What ran on made-up rows says nothing of the deployment.</summary>
    private void Take(DrTestResult it)
    {
        if (!it.IsEvidence)
        {
            return;
        }

        if (it is { Outcome: Outcome.Passed, EndedAt: { } passed })
        {
            Passed(it.Deployment, it.Scenario.ToString(), passed);
        }

        var key = (it.Deployment, it.Scenario);
        if (!_drills.TryGetValue(key, out var standing))
        {
            _drills.Add(key, standing = new StandingJudgement<DrTestResult>());
        }

        standing.Add(it, it.Outcome, it.StartedAt);
    }

    private static void Write(MetricBook book, DrTestResult it)
    {
        (string, string)[] labels = [("deployment", it.Deployment), ("test", it.Scenario.ToString())];
        book.State(
            "lettadr_drill_last_outcome",
            "How the newest recovery test ended: 1 for the outcome that it had; not_run where it did not end, and none before it failed.",
            "outcome", it.Outcome ?? Outcome.NotRun, labels);
        book.Seconds("lettadr_drill_last_duration", "How long that recovery test took.", it.Duration, labels);
    }

    private void Passed(string deployment, string test, DateTimeOffset at) => Keep("drillPassed", $"{deployment}\0{test}", at, book => book.Time(
        "lettadr_drill_last_passed", "When the newest recovery test that passed ended.", at, ("deployment", deployment), ("test", test)));

    private void Take(DrTestScheduleEntry it)
    {
        if (it.LastPassed is { } passed)
        {
            Passed(it.Deployment, it.Test, passed);
        }

        (string, string)[] labels = [("deployment", it.Deployment), ("test", it.Test)];
        Keep("schedule", $"{it.Deployment}\0{it.Test}", default, book =>
        {
            book.Set("lettadr_drill_overdue", "Whether the recovery test is due already: 1 if it is.", it.IsOverdue ? 1 : 0, labels);
            book.Time("lettadr_drill_next_due", "When the recovery test is due.", it.NextDue, labels);
            book.Seconds("lettadr_drill_interval", "How often the recovery test is due.", it.Every, labels);
        });
    }

    private static void Write(MetricBook book, WalArchive it)
    {
        (string, string)[] labels = [("deployment", it.Deployment), ("system_identifier", it.SystemIdentifier)];
        book.State("lettadr_wal_archive_state", "How receiving the write-ahead log is: 1 for the state that it has.", "state", it.State, labels);
        book.Time("lettadr_wal_archive_recoverable", "When the newest commit was made that was found in the received log.", it.RecoverableAt, labels);
        book.Seconds("lettadr_wal_archive_lag", "How long ago the newest commit was made that was found in the received log.", it.Lag, labels);
        book.Set("lettadr_wal_archive_lag_bytes", "Log that the server has written and the archive has not.", it.LagBytes, labels);
        book.Set("lettadr_wal_archive_segments", "Number of segments in the archive.", it.Segments, labels);
        book.Set("lettadr_wal_archive_missing_segments", "Number of segments that are missing between the archive's first and last.", it.Holes.Sum(hole => hole.Segments), labels);
        book.Set("lettadr_wal_archive_size_bytes", "Size of the archive as stored.", it.Size, labels);
        book.Set("lettadr_wal_archive_slot_retained_bytes", "Log that the server keeps for the replication slot.", it.SlotRetainedBytes, labels);
        book.Set("lettadr_wal_archive_slot_maximum_bytes", "Log that the server may keep for the slot before it is given up.", it.MaximumSlotSize, labels);
        book.Set("lettadr_wal_archive_server_free_bytes", "Bytes free on the disk that holds the server's log.", it.ServerFreeBytes, labels);
    }

    private void Take(OperationJournal it)
    {
        (string, string)[] labels = [("deployment", it.Deployment), ("operation", it.Kind)];
        var (outcome, duration, ended) = (it.Outcome, it.EndedAt - it.StartedAt, it.EndedAt);
        Keep("operation", $"{it.Deployment}\0{it.Kind}", it.StartedAt, book =>
        {
            book.State("lettadr_operation_last_outcome", "How the newest operation of its kind ended: 1 for the outcome that it had; not_run where it did not end.", "outcome", outcome ?? Outcome.NotRun, labels);
            book.Seconds("lettadr_operation_last_duration", "How long the newest operation of its kind took.", duration, labels);
        });
        if (outcome == Outcome.Passed && ended is { } success)
        {
            Keep("operationPassed", $"{it.Deployment}\0{it.Kind}", success, book =>
                book.Time("lettadr_operation_last_success", "When the newest operation of its kind ended that passed.", success, labels));
        }
    }

    private void Restored(string kind, string deployment, DateTimeOffset completed, TimeSpan duration, TimeSpan age)
    {
        (string, string)[] labels = [("deployment", deployment), ("kind", kind)];
        Keep("restore", $"{deployment}\0{kind}", completed, book =>
        {
            book.Time("lettadr_restore_last", "When the newest restore was complete.", completed, labels);
            book.Seconds("lettadr_restore_last_duration", "How long the newest restore took.", duration, labels);
            book.Seconds("lettadr_restore_last_recovery_point_age", "How far back the recovered moment lay when the restore was complete.", age, labels);
        });
    }

    private void Take(DrAlertDelivery it)
    {
        (string, string)[] labels = [.. Deployment(it.Deployment), ("notification", it.Notification)];
        Keep("alert", $"{it.Deployment}\0{it.Notification}", it.At, book =>
        {
            book.Set("lettadr_alert_last_delivered", "Whether the endpoint acknowledged the newest alert: 1 if it did.", it.Delivered ? 1 : 0, labels);
            book.Time("lettadr_alert_last", "When the newest alert was delivered or given up.", it.At, labels);
        });
    }

    /// <summary>The label, where it is known whose an object is.</summary>
    private static (string, string)[] Deployment(string? name) => name is null ? [] : [("deployment", name)];

    private void Keep(string kind, string key, DateTimeOffset at, Action<MetricBook> write)
    {
        if (!_newest.TryGetValue((kind, key), out var known) || known.At <= at)
        {
            _newest[(kind, key)] = (at, write);
        }
    }

    private static bool Refuse(object item) => CanonicalJson.IsOurs(item.GetType()) && item is not (Delegate or Enum or Exception or Secret)
        ? false
        : throw new LettaDrException(
            "ObjectNotMeasurable", FaultKind.InvalidArgument, $"An object of type {item.GetType().FullName} is none that metrics are made of.",
            "Pipe in what LettaDr's cmdlets write, as they write it: not through Select-Object, Format-Table, or a job of another process.");
}
