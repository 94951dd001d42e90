using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace LettaDr.Systems.Tests;

[Collection(nameof(BackupServer))]
public sealed class BackupSetTests(PostgresServer server) : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerFact(TestImages.Postgres)]
    public async Task The_manifest_says_what_was_backed_up_and_every_file_of_it()
    {
        var letta = await server.UnchangedLettaDatabaseAsync();
        var before = DateTimeOffset.UtcNow;
        var lsn = await PostgresServer.ValueAsync(letta, "SELECT pg_current_wal_insert_lsn()");

        var backup = await LettaOperations.BackUpAsync(letta, _repository, request => request with { Label = "before 0.17" });

        var manifest = backup.Manifest!;
        var part = manifest.Database!;
        Assert.Equal(BackupParts.Database, manifest.Parts);
        Assert.Equal(BackupManifest.CurrentFormat, manifest.Format);
        Assert.Matches("^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}$", manifest.Id);
        Assert.Equal((letta.Name, "before 0.17", letta.Database.Database), (manifest.Deployment, manifest.Label, part.Name));
        Assert.Equal(await PostgresServer.ValueAsync(letta, "SHOW server_version"), part.ServerVersion);
        Assert.Equal(await PostgresServer.ValueAsync(letta, "SELECT system_identifier FROM pg_control_system()"), part.SystemIdentifier);
        Assert.Equal((TestImages.Postgres, server.Container.ImageDigest), (part.Image, part.ImageDigest));
        Assert.Contains("sha256:", part.ImageDigest, StringComparison.Ordinal);
        Assert.Equal(LettaSchema.Revision, part.AlembicRevision);
        Assert.Equal(49, part.Tables);
        Assert.Equal(
            "t", await PostgresServer.ValueAsync(letta, $"SELECT ('{part.Lsn}' BETWEEN '{lsn}'::pg_lsn AND pg_current_wal_insert_lsn())::text::char"));
        Assert.InRange(manifest.SnapshotTime, before.AddSeconds(-2), manifest.CompletedAt.AddSeconds(2));
        Assert.InRange(manifest.CompletedAt, manifest.StartedAt, DateTimeOffset.UtcNow);
        Assert.True(part.Bytes > 1_000_000);

        var onDisk = Directory.EnumerateFiles(backup.Path, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(backup.Path, path)).Where(name => name != BackupManifest.FileName);
        Assert.Equal(onDisk.Order(StringComparer.Ordinal), manifest.Files.Select(file => file.Name));
        foreach (var file in manifest.Files)
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(backup.Path, file.Name));
            Assert.Equal((bytes.LongLength, Convert.ToHexStringLower(SHA256.HashData(bytes))), (file.Size, file.Sha256));
        }
    }

    [DockerFact(TestImages.Postgres)]
    public async Task The_inventory_says_what_a_restore_must_come_to()
    {
        var letta = await server.CreateLettaDatabaseAsync();
        var role = await server.CreateRoleAsync("CREATEDB");
        var name = letta.Database.Database;
        await PostgresServer.ExecuteAsync(
            letta,
            $"""
            ALTER DATABASE {name} SET work_mem = '7MB';
            ALTER ROLE {role} IN DATABASE {name} SET statement_timeout = '3s';
            ALTER TABLE block_history OWNER TO {role};
            ALTER DATABASE {name} OWNER TO {role};
            CREATE SEQUENCE downwards INCREMENT -5 MAXVALUE 100 START 100; SELECT nextval('downwards'), nextval('downwards');
            """);

        var backup = await LettaOperations.BackUpAsync(letta, _repository);
        var inventory = LettaOperations.InventoryOf(_repository, backup);

        Assert.Equal(49, inventory.Tables.Count);
        foreach (var table in inventory.Tables)
        {
            Assert.Equal(
                await PostgresServer.ValueAsync(letta, $"SELECT count(*) FROM {PostgresName.Of(table)}"),
                table.Fingerprint!.Value.Rows.ToString(CultureInfo.InvariantCulture));
        }

        Assert.Equal(backup.Rows, inventory.Tables.Sum(table => table.Fingerprint!.Value.Rows));
        Assert.Contains(new DatabaseSetting(null, "search_path", name), inventory.Settings);
        Assert.Contains(new DatabaseSetting(null, "work_mem", "7MB"), inventory.Settings);
        Assert.Contains(new DatabaseSetting(role, "statement_timeout", "3s"), inventory.Settings);
        Assert.Contains(inventory.Roles, found => found.Name == role && found is { CanLogin: true, IsSuperuser: false, CanCreateDatabases: true, OwnsObjects: true });
        Assert.Contains(inventory.Roles, found => found is { Name: "postgres", IsSuperuser: true });
        var version = await PostgresServer.ValueAsync(letta, "SELECT extversion FROM pg_extension WHERE extname = 'vector'");
        Assert.Contains(inventory.Extensions, extension => extension.Name == "vector" && extension.Version == version && extension.Schema == name);
        Assert.Contains(new SequenceState(PostgresName.Quote(name) + ".\"downwards\"", 95, true, -5, false), inventory.Sequences);
        Assert.Contains(inventory.Sequences, sequence => sequence.Identity.Contains("message_seq_id", StringComparison.Ordinal) && sequence.LastValue > 100);
        Assert.Equal(
            await PostgresServer.ValueAsync(letta, "SELECT concat_ws(' ', pg_encoding_to_char(encoding), datcollate, datctype, datcollversion) FROM pg_database WHERE datname = current_database()"),
            $"{inventory.Database.Encoding} {inventory.Database.Collate} {inventory.Database.CharacterType} {inventory.Database.CollationVersion}");
        Assert.Equal((name, LettaSchema.Revision), (inventory.Database.CurrentSchema, inventory.Database.AlembicRevision));
        Assert.Equal(
            await PostgresServer.ValueAsync(letta, "SELECT count(*) FROM pg_index JOIN pg_class AS c ON c.oid = indexrelid WHERE relnamespace = current_schema()::regnamespace"),
            inventory.Objects.Count(item => item.Kind == "index").ToString(CultureInfo.InvariantCulture));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Parts_of_a_heavy_table_hold_each_row_once_and_their_bytes_are_what_the_fingerprint_is_of()
    {
        var letta = await server.CreateDatabaseAsync();
        await HeavyTable.CreateAsync(letta);
        await PostgresServer.ExecuteAsync(letta, "DELETE FROM heavy WHERE id % 7 = 0; UPDATE heavy SET amount = 1 WHERE id % 5 = 0");

        var backup = await LettaOperations.BackUpAsync(letta, _repository);
        var table = Assert.Single(LettaOperations.InventoryOf(_repository, backup).Tables);

        Assert.Equal(TableRoute.BinaryCopy, table.Route);
        Assert.True(table.Files.Count > 1, "the table was not split");
        Assert.All(table.Files, file => Assert.EndsWith(".copy.zst", file, StringComparison.Ordinal));
        var rows = new List<byte[]>();
        var ids = new List<long>();
        foreach (var file in table.Files)
        {
            var part = CopyBytes.Rows(Content(backup, file));
            Assert.NotEmpty(part);
            rows.AddRange(part.Select(row => row.Bytes));
            ids.AddRange(part.Select(row => BinaryPrimitives.ReadInt64BigEndian(row.Fields[0])));
        }

        Assert.Equal(Enumerable.Range(1, HeavyTable.Rows).Where(id => id % 7 != 0).Select(id => (long)id), ids.Order());
        Assert.Equal(CopyBytes.Fingerprint(rows), table.Fingerprint);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task However_it_is_read_and_stored_the_fingerprints_are_the_same()
    {
        var letta = await server.CreateLettaDatabaseAsync();
        await HeavyTable.CreateAsync(letta);
        var plain = await LettaOperations.BackUpAsync(letta, _repository, request => request with { Jobs = 2 });
        var expected = Fingerprints(plain);
        Assert.Contains(LettaOperations.InventoryOf(_repository, plain).Tables, table => table.Files.Count > 1);

        var single = await LettaOperations.BackUpAsync(letta, _repository, request => request with { Jobs = 1, CompressionLevel = 9 });
        var several = await LettaOperations.BackUpAsync(letta, _repository, request => request with { Jobs = 4, CompressionLevel = 3 });
        var portable = await LettaOperations.BackUpAsync(letta, _repository, request => request with { Portable = true, Jobs = 3 });

        Assert.Equal(expected, Fingerprints(single));
        Assert.Equal(expected, Fingerprints(several));
        Assert.Equal(expected, Fingerprints(portable));
        Assert.True(RowBytes(single) < RowBytes(plain), "level 9 is no smaller than level 1");
        Assert.Equal((true, false), (portable.Manifest!.Database!.Portable, plain.Manifest!.Database!.Portable));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_portable_set_has_all_rows_in_an_archive_that_any_pg_restore_reads()
    {
        var letta = await server.UnchangedLettaDatabaseAsync();

        var backup = await LettaOperations.BackUpAsync(letta, _repository, request => request with { Portable = true });

        Assert.Equal(
            [BackupManifest.InstructionsFileName, DatabasePart.ArchiveFileName, DatabasePart.InventoryFileName],
            backup.Manifest!.Files.Select(file => file.Name));
        Assert.All(LettaOperations.InventoryOf(_repository, backup).Tables, table => Assert.Equal(TableRoute.Archive, table.Route));
        var header = (await File.ReadAllBytesAsync(Path.Combine(backup.Path, DatabasePart.ArchiveFileName))).AsSpan(0, 12).ToArray();
        Assert.Equal("PGDMP"u8.ToArray(), header[..5]);
        Assert.Equal(1, header[11]);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Heavy_tables_and_tables_of_vectors_travel_beside_the_archive_and_light_ones_in_it()
    {
        var letta = await server.UnchangedLettaDatabaseAsync();

        var tables = LettaOperations.InventoryOf(_repository, await LettaOperations.BackUpAsync(letta, _repository)).Tables
            .ToDictionary(table => table.Name, table => table.Route);

        Assert.Equal((TableRoute.BinaryCopy, TableRoute.BinaryCopy), (tables["archival_passages"], tables["source_passages"]));
        Assert.Equal((TableRoute.Archive, TableRoute.Archive), (tables["alembic_version"], tables["agents"]));
    }

    private byte[] Content(Backup backup, string file)
    {
        using var content = _repository.Directory.OpenContent(backup, backup.Manifest!.Files.Single(listed => listed.Name == file));
        using var memory = new MemoryStream();
        content.CopyTo(memory);
        return memory.ToArray();
    }

    private Dictionary<string, Fingerprint?> Fingerprints(Backup backup) =>
        LettaOperations.InventoryOf(_repository, backup).Tables.ToDictionary(PostgresName.Of, table => table.Fingerprint);

    private static long RowBytes(Backup backup) =>
        backup.Manifest!.Files.Where(file => file.Name.StartsWith("rows/", StringComparison.Ordinal)).Sum(file => file.Size);
}
