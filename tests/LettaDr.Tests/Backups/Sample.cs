using System.Globalization;

namespace LettaDr.Tests;

/// <summary>Small but whole sets, tables and databases to reason about.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Moment = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static int number;

    public static Backup Set(DateTimeOffset time, BackupState state = BackupState.Complete, bool proven = false, string deployment = "letta",
        BackupParts parts = BackupParts.Database)
    {
        var id = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)
            + (Interlocked.Increment(ref number) % 0x1000000).ToString("'-'000000", CultureInfo.InvariantCulture);
        return new Backup
        {
            Id = id, Deployment = deployment, State = state, Repository = "/repository", Path = "/repository/" + deployment + "/sets/" + id,
            SnapshotTime = time, Manifest = state == BackupState.Complete ? Manifest(id, parts) : null,
            LastProof = proven ? Proof(id, Outcome.Passed) : null,
        };
    }

    public static BackupProof Proof(string id, Outcome outcome) => new()
    {
        BackupId = id, ManifestSeal = "seal", TestedAt = Moment, Outcome = outcome, Evidence = "3 of 3 tables", Duration = TimeSpan.FromSeconds(3),
    };

    public static BackupManifest Manifest(string id = "20261122T120000Z-abcdef", BackupParts parts = BackupParts.Database) => new()
    {
        Format = BackupManifest.CurrentFormat, Id = id, Deployment = "letta", Label = "before Größe \U0001F600", Writer = "LettaDr 0.1.0",
        StartedAt = Moment, CompletedAt = Moment.AddSeconds(9.125), Database = parts.HasFlag(BackupParts.Database) ? DatabasePart() : null,
        Cache = parts.HasFlag(BackupParts.Cache) ? new CachePart { SnapshotTime = Moment.AddSeconds(2) } : null,
        Configuration = parts.HasFlag(BackupParts.Configuration) ? new ConfigurationPart { SnapshotTime = Moment } : null,
        Files =
        [
            new BackupFile(LettaDr.DatabasePart.ArchiveFileName, 4_096, new string('a', 64)),
            new BackupFile(LettaDr.DatabasePart.InventoryFileName, 812, new string('b', 64)),
            new BackupFile("rows/0001-messages.copy.zst", 9_999_999_999, new string('c', 64)),
        ],
    };

    /// <summary>A physical set, on another one where told.</summary>
    public static Backup Physical(DateTimeOffset time, Backup? parent = null, bool proven = false, string start = "0/3000028", string system = "7412345678901234567",
        uint timeline = 1)
    {
        var set = Set(time, proven: proven, parts: BackupParts.None);
        return set with
        {
            Manifest = set.Manifest! with
            {
                Cluster = new ClusterPart
                {
                    Type = parent is null ? BaseBackupType.Full : BaseBackupType.Incremental, ParentId = parent?.Id, SnapshotTime = time,
                    StartLsn = Lsn.Parse(start), EndLsn = new Lsn(Lsn.Parse(start).Value + 0x100), SnapshotLsn = new Lsn(Lsn.Parse(start).Value + 0x200),
                    Timeline = timeline, WalSegmentSize = WalSegment.DefaultSize, SystemIdentifier = system, Database = "letta", ServerVersion = "17.5",
                    Image = "pgvector/pgvector:pg17", ImageDigest = "pgvector/pgvector@sha256:00ff", Tables = 49, Rows = 22_345, Bytes = 234_567_890,
                },
            },
        };
    }

    public static DatabasePart DatabasePart() => new()
    {
        SnapshotTime = Moment.AddMilliseconds(51), Lsn = "0/1A2B3C4D", Name = "letta", ServerVersion = "17.5", SystemIdentifier = "7412345678901234567",
        Image = "pgvector/pgvector:pg17", ImageDigest = "pgvector/pgvector@sha256:00ff", AlembicRevision = "1c28e167b74f", Tables = 49, Rows = 22_345,
        Bytes = 123_456_789,
    };

    public static TableInventory Table(string name, long bytes = 8_192, long blocks = 1, params string[] types) => new()
    {
        Schema = "letta", Name = name, Bytes = bytes, Blocks = blocks, Plain = true,
        Columns = [.. (types.Length == 0 ? ["text"] : types).Select((type, i) => new TableColumn { Name = $"c{i}", Type = type, PortableBinary = true })],
        Fingerprint = new Fingerprint(3, 77),
    };

    public static DatabaseProperties Database() => new()
    {
        Name = "letta", Owner = "letta", ServerVersion = "17.5", ServerVersionNumber = 170_005, SystemIdentifier = "7412345678901234567",
        Encoding = "UTF8", LocaleProvider = "c", Collate = "en_US.utf8", CharacterType = "en_US.utf8", CurrentSchema = "letta",
        AlembicRevision = "1c28e167b74f", Bytes = 1L << 30,
    };

    public static DatabaseInventory Inventory() => new()
    {
        Database = Database(), SnapshotTime = Moment, Lsn = "0/1A2B3C4D",
        Tables = [Table("agents"), Table("messages", 64L << 20, 8_192)],
        Sequences = [new SequenceState("letta.message_seq_id", 20_000, true, 1, false)],
        Objects =
        [
            new SchemaObject("schema", "letta", string.Empty),
            new SchemaObject("index", "letta.ix_agents", "CREATE INDEX ix_agents ON letta.agents USING btree (id)"),
            new SchemaObject("owner", "table letta.agents", "letta"),
            new SchemaObject("view", "letta.v", "SELECT 1"),
            new SchemaObject("privileges", "table letta.agents", "letta=arwdDxt/letta"),
        ],
        Settings = [new DatabaseSetting(null, "search_path", "letta")],
        Roles = [new DatabaseRole { Name = "letta", CanLogin = true, OwnsObjects = true }],
        Extensions = [new DatabaseExtension("vector", "0.8.1", "letta")],
        LargeObjects = new Fingerprint(1, 5),
    };
}
