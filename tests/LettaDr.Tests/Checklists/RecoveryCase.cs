namespace LettaDr.Tests;

/// <summary>Journals and sets to measure objectives by; now is an hour after <see cref="Sample.Moment"/>.</summary>
internal static class RecoveryCase
{
    public static readonly DateTimeOffset Now = Sample.Moment.AddHours(1);

    /// <summary>The journal of a database's restore: 20 s that do not grow, 60 s that do.</summary>
    public static OperationJournal Restore(
        string kind = "Restore", string id = "20261122T121000Z-000001", string? set = "20261122T120000Z-abcdef", Outcome? outcome = Outcome.Passed,
        string? message = null, double minutesAgo = 40, double factor = 1) => new()
    {
        Id = id, Kind = kind, Deployment = "letta", BackupId = set, Machine = "recovery-1", ProcessId = 7, Outcome = outcome, Message = message,
        StartedAt = Now.AddMinutes(-minutesAgo), EndedAt = outcome is null ? null : Now.AddMinutes(-minutesAgo).AddSeconds(80 * factor),
        Steps =
        [
            Step("Create the database and its tables", 20 * factor), Step("Load the rows", 30 * factor, 3000L << 20),
            Step(DatabaseRestore.BuildStage, 20 * factor), Step("Compare every row and object, collect statistics", 10 * factor, 3000L << 20),
        ],
    };

    /// <summary>The journal of a system's restore that took 30 minutes.</summary>
    public static OperationJournal System(
        string id = "20261122T121000Z-00000a", Outcome outcome = Outcome.Passed, string? message = null, params (RestoreStepKind Kind, double Seconds)[] steps) => new()
    {
        Id = id, Kind = SystemRestore.Kind, Deployment = "letta", BackupId = "20261122T120000Z-abcdef", Machine = "recovery-1", ProcessId = 7,
        Outcome = outcome, Message = message, StartedAt = Now.AddMinutes(-40), EndedAt = Now.AddMinutes(-10),
        Steps = [.. (steps.Length > 0 ? steps : Whole).Select(step => Step(step.Kind.ToString(), step.Seconds))],
    };

    public static (RestoreStepKind Kind, double Seconds)[] Whole { get; } =
    [
        (RestoreStepKind.StartInfrastructure, 10), (RestoreStepKind.RestoreDatabase, 80), (RestoreStepKind.RestoreCache, 5),
        (RestoreStepKind.StartServer, 25), (RestoreStepKind.TestConnectivity, 1),
    ];

    public static JournalStep Step(string name, double seconds, long? bytes = null, Outcome? outcome = Outcome.Passed) => new()
    {
        Name = name, StartedAt = Now.AddMinutes(-40), Duration = outcome is null ? null : TimeSpan.FromSeconds(seconds), Bytes = bytes, Outcome = outcome,
        Detail = outcome == Outcome.Failed ? "The disk is full." : null,
    };

    public static RecoveryEvidence With(params OperationJournal[] journals) => new()
    {
        Deployment = "letta", Now = Now, Sets = [Set()], Journals = journals, IsLive = true,
    };

    /// <summary>A set of the moment; its database has 123,456,789 bytes.</summary>
    public static Backup Set(DateTimeOffset? time = null, BackupParts parts = BackupParts.Database, string id = "20261122T120000Z-abcdef", Outcome? proof = null)
    {
        var moment = time ?? Sample.Moment;
        var manifest = Sample.Manifest(id, parts);
        return new Backup
        {
            Id = id, Deployment = "letta", State = BackupState.Complete, Repository = "/repository", Path = "/repository/letta/sets/" + id, SnapshotTime = moment,
            LastProof = proof is null ? null : Sample.Proof(id, proof.Value),
            Manifest = manifest with
            {
                StartedAt = moment, CompletedAt = moment.AddMinutes(3),
                Database = manifest.Database is null ? null : manifest.Database with { SnapshotTime = moment },
                Cache = manifest.Cache is null ? null : manifest.Cache with { SnapshotTime = moment.AddSeconds(2) },
                Configuration = manifest.Configuration is null ? null : manifest.Configuration with { SnapshotTime = moment.AddSeconds(-1) },
            },
        };
    }

    public static RecoveryObjective Measure(RecoveryEvidence evidence, RecoveryObjectiveKind kind, RecoveryComponent component, RecoveryTargets? targets = null) =>
        Assert.Single(RecoveryObjectives.Measure(evidence, targets ?? new RecoveryTargets()), row => row.Kind == kind && row.Component == component);
}
