using Npgsql;

namespace LettaDr.Systems.Tests;

public sealed class LettaSeederTests(LettaTestServer server) : IClassFixture<LettaTestServer>
{
    [DockerFact(TestImages.Postgres)]
    public async Task The_default_size_is_seeded_with_all_that_has_broken_dumps_before()
    {
        var database = await SchemaAsync("standard");
        await LettaSeeder.SeedAsync(database, new LettaSeedSize(), observer: null, CancellationToken.None);

        Assert.Equal("50\t20000\t1500\t500\t20001", await Query.ValueAsync(database, """
            SELECT (SELECT count(*) FROM agents), (SELECT count(*) FROM messages), (SELECT count(*) FROM archival_passages),
                   (SELECT count(*) FROM source_passages), nextval('message_seq_id')
            """));
        Assert.Empty(await EmptyTablesAsync(database));
        Assert.Empty(await OrphansAsync(database));

        Assert.Equal("True\tTrue\tTrue\tTrue\tTrue\tTrue", await Query.ValueAsync(database, """
            SELECT avg(octet_length(content::text)) BETWEEN 900 AND 1500, bool_or(content::text LIKE '%\\u0000%'), bool_or(content::text LIKE '%🚀%'),
                   bool_or(content::text LIKE '%\\\\%'), bool_or(content::text LIKE '%\\"%'), bool_or(conversation_id IS NULL) FROM messages
            """));
        await Assert.ThrowsAsync<PostgresException>(() => Query.LinesAsync(database, "SELECT content::jsonb FROM messages"));
        Assert.Equal("4096\t4096\t0\t1\tTrue", await Query.ValueAsync(database, """
            SELECT min(vector_dims(embedding)), max(vector_dims(embedding)), max(vector_norm(subvector(embedding, 1537, 2560))),
                   round(avg(vector_norm(subvector(embedding, 1, 1536)))::numeric, 3)::float, bool_or(embedding IS NULL) FROM archival_passages
            """));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task What_no_foreign_key_guards_is_right_all_the_same()
    {
        var database = await SchemaAsync("unguarded");
        await LettaSeeder.SeedAsync(database, new LettaSeedSize { Agents = 12, Messages = 1_500, Passages = 60 }, observer: null, CancellationToken.None);

        Assert.Equal("252\t0", await Query.ValueAsync(database, """
            SELECT count(*), count(*) FILTER (WHERE m.id IS NULL OR m.agent_id <> a.id)
            FROM agents AS a, json_array_elements_text(a.message_ids) AS listed LEFT JOIN messages AS m ON m.id = listed
            """));
        Assert.Equal("0\t0\t0\t0", await Query.ValueAsync(database, """
            SELECT (SELECT count(*) FROM messages AS m JOIN runs AS r ON r.id = m.run_id
                     WHERE (r.agent_id, r.conversation_id) IS DISTINCT FROM (m.agent_id, m.conversation_id)),
                   (SELECT count(*) FROM messages AS m JOIN steps AS s ON s.id = m.step_id WHERE s.run_id <> m.run_id),
                   (SELECT count(*) FROM messages AS m JOIN agents AS a ON a.id = m.agent_id WHERE a.organization_id <> m.organization_id),
                   (SELECT count(*) FROM messages AS m WHERE tool_call_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM messages AS c WHERE c.agent_id = m.agent_id AND c.tool_calls ->> 0 LIKE '%' || m.tool_call_id || '%'))
            """));
        Assert.Equal("True", await Query.ValueAsync(database, """
            SELECT bool_and(tag IN (SELECT json_array_elements_text(p.tags))) FROM passage_tags AS t JOIN archival_passages AS p ON p.id = t.passage_id
            """));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task The_same_size_gives_the_same_rows_and_another_seed_gives_others()
    {
        var size = new LettaSeedSize { Agents = 11, Messages = 333, Passages = 41 };
        var first = await HashesAsync("first", size);

        Assert.Equal(49, first.Count);
        Assert.Equal(first, await HashesAsync("second", size));
        var other = await HashesAsync("third", size with { Seed = 2 });
        Assert.Equal(["alembic_version"], first.Intersect(other).Select(line => line.Split('\t')[0]));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_role_that_cannot_leave_the_checks_out_passes_them()
    {
        await Query.LinesAsync(await server.CreateDatabaseAsync("checked"), """
            CREATE ROLE plain LOGIN PASSWORD 'test'; ALTER SCHEMA checked OWNER TO plain
            """);
        var database = server.ConnectionString("checked", "plain");
        await LettaSchema.CreateAsync(database, CancellationToken.None);
        await LettaSeeder.SeedAsync(database, new LettaSeedSize { Agents = 20, Messages = 1_000, Passages = 100 }, observer: null, CancellationToken.None);

        Assert.Equal("1000", await Query.ValueAsync(database, "SELECT count(*) FROM messages"));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Odd_sizes_hold_together_too()
    {
        foreach (var (agents, messages, passages) in new[] { (1, 0, 0), (3, 7, 1), (120, 11, 5), (2, 10, 4), (1, 31, 9) })
        {
            var database = await SchemaAsync($"odd_{agents}_{messages}");
            await LettaSeeder.SeedAsync(
                database, new LettaSeedSize { Agents = agents, Messages = messages, Passages = passages }, observer: null, CancellationToken.None);

            Assert.Empty(await OrphansAsync(database));
            Assert.Equal($"{agents}\t{messages}\t{passages}\t{messages + 1}", await Query.ValueAsync(database, """
                SELECT (SELECT count(*) FROM agents), (SELECT count(*) FROM messages),
                       (SELECT count(*) FROM archival_passages) + (SELECT count(*) FROM source_passages), nextval('message_seq_id')
                """));
        }
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Stopping_it_stops_all_its_streams()
    {
        var database = await SchemaAsync("stopped");
        using var stopping = new CancellationTokenSource();
        var observer = new RecordingObserver { OnProgress = _ => stopping.Cancel() };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => LettaSeeder.SeedAsync(database, new LettaSeedSize { Messages = 200_000 }, observer, stopping.Token));
        Assert.Equal("0", await Query.ValueAsync(database, "SELECT count(*) FROM messages"));
    }

    private async Task<string> SchemaAsync(string name)
    {
        var database = await server.CreateDatabaseAsync(name);
        await LettaSchema.CreateAsync(database, CancellationToken.None);
        return database;
    }

    private async Task<List<string>> HashesAsync(string name, LettaSeedSize size)
    {
        var database = await SchemaAsync(name);
        await LettaSeeder.SeedAsync(database, size, observer: null, CancellationToken.None);
        var hashes = new List<string>();
        foreach (var table in await TablesAsync(database))
        {
            hashes.Add($"{table}\t" + await Query.ValueAsync(database, $"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} AS t"));
        }

        return hashes;
    }

    private static async Task<List<string>> EmptyTablesAsync(string database)
    {
        var empty = new List<string>();
        foreach (var table in await TablesAsync(database))
        {
            if (await Query.ValueAsync(database, $"SELECT EXISTS (SELECT FROM {table})") == "False")
            {
                empty.Add(table);
            }
        }

        return empty;
    }

    private static Task<List<string>> TablesAsync(string database) => Query.LinesAsync(
        database, "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1");

    /// <summary>Foreign keys that some row breaks. The server's own check cannot be asked: it believes what it has not seen broken.</summary>
    private static async Task<List<string>> OrphansAsync(string database)
    {
        var checks = await Query.LinesAsync(database, """
            SELECT format('SELECT %L, count(*) FROM %s AS c WHERE %s AND NOT EXISTS (SELECT FROM %s AS p WHERE %s) HAVING count(*) > 0', conname,
                          conrelid::regclass, string_agg(format('c.%I IS NOT NULL', a.attname), ' AND '), confrelid::regclass,
                          string_agg(format('c.%I = p.%I', a.attname, b.attname), ' AND '))
            FROM pg_constraint, unnest(conkey, confkey) AS pair (x, y)
            JOIN pg_attribute AS a ON a.attnum = x JOIN pg_attribute AS b ON b.attnum = y
            WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND a.attrelid = conrelid AND b.attrelid = confrelid
            GROUP BY pg_constraint.oid, conname, conrelid, confrelid
            """);
        Assert.Equal(95, checks.Count);
        return await Query.LinesAsync(database, string.Join(" UNION ALL ", checks));
    }
}
