namespace LettaDr.Systems.Tests;

/// <summary>What is changed in a restored database is found, and it alone.</summary>
[Collection(nameof(RestoreCollection))]
public sealed class ComparisonTests(PostgresServer server, ComparisonTests.OddSet set) : IClassFixture<ComparisonTests.OddSet>
{
    [DockerTheory(TestImages.Postgres)]
    [InlineData("database connection limit", "ALTER DATABASE {db} CONNECTION LIMIT 3")]
    [InlineData("database privileges", "REVOKE CONNECT ON DATABASE {db} FROM odd_reader CASCADE")]
    [InlineData("rows public.parent", "UPDATE ONLY parent SET name = 'changed' WHERE id = 1")]
    [InlineData("rows public.doubled", "DELETE FROM doubled WHERE ctid = (SELECT min(ctid) FROM doubled)")]
    [InlineData("rows public.doubled", "INSERT INTO doubled SELECT * FROM doubled LIMIT 1")]
    [InlineData("rows public.identity_heavy", "UPDATE identity_heavy SET embedding = '[1,2,3.0000002,4]' WHERE id = 250")]
    [InlineData("rows public.events_2026_a", "DELETE FROM events WHERE n = (SELECT min(n) FROM events_2026_a)")]
    [InlineData("rows public.no_columns", "DELETE FROM no_columns WHERE ctid = '(0,1)'")]
    [InlineData("rows public.typed", "UPDATE typed SET j = '{\"dup\": 1, \"dup\": 3,  \"nul\": \"\\u0000\"}' WHERE id = 1")]
    [InlineData("rows public.typed", "UPDATE typed SET ps[1].m = 'between' WHERE id = 1")]
    [InlineData("rows public.typed", "UPDATE typed SET f = '0' WHERE id = 2")]
    [InlineData("rows public.typed", "UPDATE typed SET num = 0.0000 WHERE id = 4")]
    [InlineData("rows public.typed", "UPDATE typed SET bp = NULL WHERE id = 2")]
    [InlineData("rows public.binary_values", "UPDATE binary_values SET a = '{NULL,NULL,\"\"}' WHERE num = 'NaN'")]
    [InlineData("rows public.secured", "DELETE FROM secured WHERE tenant = 'somebody'")]
    [InlineData("rows public.unlogged", "TRUNCATE unlogged")]
    [InlineData("large objects all", "SELECT lo_put(990003, 50000, '\\x00')")]
    [InlineData("large objects all", "SELECT lo_unlink(990001)")]
    [InlineData("sequence public.untouched", "SELECT setval('untouched', 5)")]
    [InlineData("sequence public.down", "SELECT setval('down', 60)")]
    [InlineData("sequence public.Öwned seq", "SELECT setval('\"Öwned seq\"', 12345, false)")]
    [InlineData("sequence public.generated_id_seq", "ALTER TABLE generated ALTER COLUMN id RESTART")]
    [InlineData("index public.by_hnsw", "DROP INDEX by_hnsw")]
    [InlineData("index public.partial", "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'partial'::regclass")]
    [InlineData("table public.secured", "ALTER TABLE secured DISABLE ROW LEVEL SECURITY")]
    [InlineData("table public.secured", "ALTER TABLE secured NO FORCE ROW LEVEL SECURITY")]
    [InlineData("policy public.secured.narrow", "ALTER POLICY narrow ON secured USING (true)")]
    [InlineData("comment table public.typed", "COMMENT ON TABLE typed IS NULL")]
    [InlineData("comment large object 990002", "COMMENT ON LARGE OBJECT 990002 IS 'another'")]
    [InlineData("comment schema public", "COMMENT ON SCHEMA public IS NULL")]
    [InlineData("constraint public.referring.never_checked", "ALTER TABLE referring DROP CONSTRAINT never_checked")]
    [InlineData("constraint public.referring.later", "DELETE FROM referring WHERE id = 3; SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE referring VALIDATE CONSTRAINT later", "rows public.referring")]
    [InlineData("trigger public.keyed.disabled", "ALTER TABLE keyed ENABLE TRIGGER disabled")]
    [InlineData("rule public.ruled.silent", "DROP RULE silent ON ruled")]
    [InlineData("column public.parent.name", "ALTER TABLE ONLY parent ALTER COLUMN name SET DEFAULT 'q'")]
    [InlineData("view public.view_on_view", "DROP VIEW view_on_view", "owner relation public.view_on_view", "privileges relation public.view_on_view")]
    [InlineData("materialized view public.empty_view", "REFRESH MATERIALIZED VIEW empty_view")]
    [InlineData("enum public.mood", "ALTER TYPE mood ADD VALUE 'new'")]
    [InlineData("domain public.positive", "ALTER DOMAIN positive DROP CONSTRAINT above_zero", "comment domain constraint above_zero on public.positive")]
    [InlineData("owner relation public.parent", "ALTER TABLE parent OWNER TO odd_reader", "privileges relation public.parent")]
    [InlineData("privileges relation public.parent", "REVOKE SELECT ON parent FROM PUBLIC")]
    [InlineData("privileges column public.keyed.v", "REVOKE UPDATE (v) ON keyed FROM odd_reader")]
    [InlineData("routine public.standard_body(integer,integer)", "CREATE OR REPLACE FUNCTION public.standard_body(a int, b int DEFAULT 3) RETURNS int LANGUAGE sql IMMUTABLE RETURN a + b")]
    [InlineData("other event trigger watch_ddl", "DROP EVENT TRIGGER watch_ddl", "comment event trigger watch_ddl")]
    [InlineData("other statistics object public.expr_stats", "DROP STATISTICS expr_stats")]
    [InlineData("other publication all_tables", "DROP PUBLICATION all_tables")]
    [InlineData("extension citext", "UPDATE pg_extension SET extname = 'citext2' WHERE extname = 'citext'", "extension citext2")]
    [InlineData("schema of unqualified names", "ALTER DATABASE {db} SET search_path = public", "setting search_path for everybody")]
    [InlineData("setting work_mem for Odd Rôle", "ALTER ROLE \"Odd Rôle\" IN DATABASE {db} RESET work_mem")]
    public async Task A_change_is_found(string expected, string change, params string[] also)
    {
        var copy = await set.CopyAsync(server);
        await PostgresServer.ExecuteAsync(copy, change.Replace("{db}", PostgresName.Quote(copy.Name), StringComparison.Ordinal));

        var differences = await LettaOperations.CompareAsync(set.Inventory, copy);

        Assert.Equal(
            also.Append(expected).Order(StringComparer.Ordinal),
            differences.Select(difference => $"{difference.Kind} {difference.Identity}".Replace("\"", string.Empty, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
        Assert.DoesNotContain(differences, difference => difference.Kind is "rows" or "index" or "sequence" or "large objects" && InventoryComparer.IsCosmetic(difference));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task An_unchanged_copy_differs_in_nothing()
    {
        Assert.Empty(await LettaOperations.CompareAsync(set.Inventory, await set.CopyAsync(server)));
    }

    /// <summary>The odd database as it was restored, and copies of it to change.</summary>
    public sealed class OddSet(PostgresServer server) : IAsyncLifetime
    {
        private readonly TemporaryRepository _repository = new();
        private string? _copy;
        private LettaDeployment _restored = null!;

        internal DatabaseInventory Inventory { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            if (server.Container is null)
            {
                return;
            }

            _restored = await OddSchema.CreateAsync(server);
            var backup = await LettaOperations.BackUpAsync(_restored, _repository);
            await LettaOperations.RestoreAsync(_restored, _repository, backup, request => request with { DiscardPrevious = true });
            Inventory = LettaOperations.InventoryOf(_repository, backup);
        }

        public Task DisposeAsync()
        {
            _repository.Dispose();
            return Task.CompletedTask;
        }

        /// <summary>A copy of the restored database, file by file; the copy before it is dropped.</summary>
        internal async Task<LettaDeployment> CopyAsync(PostgresServer on)
        {
            var maintenance = on.Deployment("postgres");
            if (_copy is not null)
            {
                await PostgresServer.ExecuteAsync(maintenance, $"DROP DATABASE {_copy} WITH (FORCE)");
            }

            _copy = PostgresServer.NewName("copy");
            await PostgresServer.ExecuteAsync(maintenance, $"CREATE DATABASE {_copy} TEMPLATE {PostgresName.Quote(_restored.Name)}");
            // A copy of files leaves out what the server keeps about the database.
            string[] kept =
            [
                .. Inventory.Settings.Select(setting => DatabaseCreation.SettingStatement(setting, _copy)),
                .. DatabaseCreation.PrivilegeStatements(Inventory.Database, _copy),
                $"ALTER DATABASE {_copy} CONNECTION LIMIT {Inventory.Database.ConnectionLimit}",
            ];
            await PostgresServer.ExecuteAsync(maintenance, string.Join("; ", kept));

            return on.Deployment(_copy);
        }
    }
}
