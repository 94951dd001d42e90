namespace LettaDr.Systems.Tests;

/// <summary>The schema that we make is the one that Letta's migrations make.</summary>
public sealed class LettaSchemaTests(LettaSchemaTests.LettaDatabase letta) : IClassFixture<LettaSchemaTests.LettaDatabase>
{
    [DockerFact(TestImages.Postgres)]
    public async Task Columns_their_order_types_and_defaults_are_the_real_ones() => Assert.Equal(
        LettaFacts.Read("columns"),
        await Query.LinesAsync(letta.ConnectionString, """
            SELECT relname, attname, format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'no' ELSE 'yes' END, pg_get_expr(adbin, adrelid)
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE relnamespace = 'letta'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
            ORDER BY relname COLLATE "C", attnum
            """));

    [DockerFact(TestImages.Postgres)]
    public async Task Constraints_are_the_real_ones() => Assert.Equal(
        LettaFacts.Read("constraints").Order(StringComparer.Ordinal),
        await Query.LinesAsync(letta.ConnectionString, """
            SELECT line COLLATE "C" FROM (
                SELECT concat_ws(E'\t', conrelid::regclass, conname, contype, pg_get_constraintdef(oid)) AS line
                FROM pg_constraint WHERE connamespace = 'letta'::regnamespace AND contype IN ('f', 'p', 'u') AND convalidated) AS facts
            ORDER BY 1
            """));

    [DockerFact(TestImages.Postgres)]
    public async Task Indexes_are_the_real_ones() => Assert.Equal(
        LettaFacts.Read("indexes").Order(StringComparer.Ordinal),
        await Query.LinesAsync(letta.ConnectionString, """
            SELECT line COLLATE "C" FROM (
                SELECT concat_ws(E'\t', tablename, indexname, indexdef) AS line FROM pg_indexes
                WHERE schemaname = 'letta' AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u'))) AS facts
            ORDER BY 1
            """));

    [DockerFact(TestImages.Postgres)]
    public async Task Enums_are_the_real_ones() => Assert.Equal(
        LettaFacts.Read("enums"),
        await Query.LinesAsync(letta.ConnectionString, """
            SELECT typname, string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
            WHERE typnamespace = 'letta'::regnamespace GROUP BY typname ORDER BY typname COLLATE "C"
            """));

    [DockerFact(TestImages.Postgres)]
    public async Task Nothing_is_there_beyond_what_the_facts_count() => Assert.Equal(
        "49\t95\t46\t26\t145\t2\t1\t0\t0",
        await Query.ValueAsync(letta.ConnectionString, """
            SELECT (SELECT count(*) FROM pg_tables WHERE schemaname = 'letta'),
                   count(*) FILTER (WHERE contype = 'f'), count(*) FILTER (WHERE contype = 'p'), count(*) FILTER (WHERE contype = 'u'),
                   (SELECT count(*) FROM pg_indexes WHERE schemaname = 'letta'),
                   count(*) FILTER (WHERE pg_get_constraintdef(oid) LIKE '%NULLS NOT DISTINCT%'),
                   count(*) FILTER (WHERE contype = 'f' AND condeferrable),
                   (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal), (SELECT count(*) FROM pg_views WHERE schemaname = 'letta')
            FROM pg_constraint WHERE connamespace = 'letta'::regnamespace
            """));

    [DockerFact(TestImages.Postgres)]
    public async Task Its_sequence_is_owned_by_no_column() => Assert.Equal(
        "message_seq_id\t1\t1\tFalse",
        await Query.ValueAsync(letta.ConnectionString, """
            SELECT sequencename, start_value, increment_by, EXISTS (SELECT FROM pg_depend WHERE objid = sequencename::regclass AND deptype IN ('a', 'i'))
            FROM pg_sequences WHERE schemaname = 'letta'
            """));

    [DockerFact(TestImages.Postgres)]
    public async Task Embeddings_are_stored_uncompressed_and_out_of_line() => Assert.Equal(
        ["archival_passages\te", "source_passages\te"],
        await Query.LinesAsync(letta.ConnectionString, """
            SELECT attrelid::regclass::text, attstorage::text FROM pg_attribute WHERE attname = 'embedding' AND attrelid > 16384 ORDER BY 1
            """));

    [DockerFact(TestImages.Postgres)]
    public async Task Its_revision_is_reached_by_an_unqualified_name() =>
        Assert.Equal(LettaSchema.Revision, await Query.ValueAsync(letta.ConnectionString, "SELECT version_num FROM alembic_version"));

    [DockerFact(TestImages.Postgres)]
    public async Task In_a_database_of_another_name_it_lies_in_the_schema_of_that_name()
    {
        var prod = await letta.Server.CreateDatabaseAsync("prod");
        await LettaSchema.CreateAsync(prod, CancellationToken.None);

        Assert.Equal("prod\t49", await Query.ValueAsync(prod, """
            SELECT schemaname, count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') GROUP BY 1
            """));
    }

    /// <summary>A server with a database named letta that holds the schema.</summary>
    public sealed class LettaDatabase : IAsyncLifetime
    {
        internal LettaTestServer Server { get; } = new();

        internal string ConnectionString { get; private set; } = string.Empty;

        public async Task InitializeAsync()
        {
            await Server.InitializeAsync();
            if (Server.Started)
            {
                ConnectionString = await Server.CreateDatabaseAsync("letta");
                await LettaSchema.CreateAsync(ConnectionString, CancellationToken.None);
            }
        }

        public Task DisposeAsync() => Server.DisposeAsync();
    }
}
