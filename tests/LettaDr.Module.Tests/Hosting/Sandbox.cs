namespace LettaDr.Module.Tests;

/// <summary>A throw-away Letta made by the module's own cmdlet, and a way to look into its database that is not the module's.</summary>
public abstract class Sandbox : IDisposable
{
    private readonly Shell _shell = new();

    protected Sandbox(int agents, int messages, int passages)
    {
        Name = "lettadr-module-" + Guid.NewGuid().ToString("N")[..8];
        Value = _shell.Run($"New-LettaSandbox {Name} -Agents {agents} -Messages {messages} -Passages {passages}").Single();
        Deployment = Value.Deployment;
        Password = Value.Deployment.Database.Password.Reveal();
        Container = Value.Deployment.Database.Container.Name;
    }

    public string Name { get; }

    public dynamic Value { get; }

    public object Deployment { get; }

    public string Password { get; }

    public string Container { get; }

    /// <summary>One value from a database of the sandbox's server.</summary>
    public string Query(string sql, string database = "letta") =>
        ProcessRunner.Run("docker", "exec", Container, "psql", "-X", "-U", "letta", "-d", database, "-v", "ON_ERROR_STOP=1", "-Atc", sql);

    /// <summary>What the live database holds, and which one it is.</summary>
    public string State() => Query("""
        SELECT (SELECT oid FROM pg_database WHERE datname = current_database()), count(*),
            sum(hashtextextended(m.id || coalesce(m.text, '') || coalesce(m.content::text, ''), 0)),
            (SELECT count(*) FROM archival_passages),
            (SELECT sum(('x' || left(md5(vector_send(p.embedding) || convert_to(p.text, 'UTF8')), 8))::bit(32)::bigint) FROM archival_passages AS p),
            (SELECT count(*) FROM pg_indexes WHERE schemaname = 'letta')
        FROM messages AS m
        """);

    /// <summary>Databases beside Letta's own, which restores make.</summary>
    public IReadOnlyList<string> DatabasesBeside() =>
        Query("SELECT datname FROM pg_database WHERE datname NOT IN ('letta', 'postgres', 'template0', 'template1') ORDER BY 1", "postgres")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Sessions of the module that are still there; one that is closing is given a moment.</summary>
    public IReadOnlyList<string> SessionsLeft()
    {
        string[] left = [];
        for (var i = 0; i < 50; i++)
        {
            left = Query("SELECT application_name || ': ' || query FROM pg_stat_activity WHERE application_name LIKE 'LettaDr %'", "postgres")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (left.Length == 0)
            {
                break;
            }

            Thread.Sleep(100);
        }

        return left;
    }

    /// <summary>Drops what restores have left beside the live database.</summary>
    public void DropBeside()
    {
        foreach (var database in DatabasesBeside())
        {
            Query($"DROP DATABASE \"{database}\" WITH (FORCE)", "postgres");
        }
    }

    public void Dispose()
    {
        _shell.Run($"Remove-LettaSandbox {Name} -Confirm:$false").Clean();
        _shell.Dispose();
        GC.SuppressFinalize(this);
    }
}
