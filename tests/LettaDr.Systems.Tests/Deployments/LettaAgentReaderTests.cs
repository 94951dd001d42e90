using System.Net;

namespace LettaDr.Systems.Tests;

/// <summary>Agents read through the API of a stand-in that pages as Letta does, from a real database.</summary>
[Collection(nameof(MaintenanceCollection))]
public sealed class LettaAgentReaderTests(ComposeStack stack)
{
    [ComposeFact]
    public async Task Every_agent_is_read_once_over_many_pages_the_hidden_ones_too()
    {
        await using var stage = await MaintenanceStage.SetAsync(stack);
        // Many of the same moment, and one that is not in anybody's list.
        await PostgresServer.ExecuteAsync(stage.Deployment, """
            ALTER TABLE agents ADD COLUMN IF NOT EXISTS hidden boolean;
            INSERT INTO agents (id, name, created_at, is_deleted, hidden)
            SELECT 'agent-' || md5(i::text), 'No. ' || i, timestamptz '2026-01-01' + (i / 10) * interval '1 minute', false, i = 7 FROM generate_series(1, 57) AS i
            """);
        try
        {
            var expected = await PostgresServer.LinesAsync(stage.Deployment, "SELECT id, name FROM agents ORDER BY created_at, id");
            Assert.Equal(58, expected.Count);

            foreach (var pageSize in new[] { 1, 10, 29, 58, 100 })
            {
                Assert.Equal(expected, await ReadAsync(stage.Deployment.Server!, pageSize));
            }
        }
        finally
        {
            await PostgresServer.ExecuteAsync(stage.Deployment, "DELETE FROM agents WHERE name LIKE 'No. %'");
        }
    }

    [ComposeFact]
    public async Task A_wrong_password_a_database_that_is_gone_and_no_server_are_told_apart()
    {
        await using var stage = await MaintenanceStage.SetAsync(stack);
        var server = stage.Deployment.Server!;
        var refused = await Assert.ThrowsAsync<LettaDrException>(() => ReadAsync(server with { Password = new Secret("hush-wrong") }));
        Assert.Equal(FaultKind.AuthenticationFailed, refused.Kind);
        Assert.DoesNotContain("hush-wrong", refused.ToString(), StringComparison.Ordinal);

        await PostgresServer.ExecuteAsync(stage.Deployment, "ALTER TABLE agents RENAME TO elsewhere");
        try
        {
            Assert.Equal("ServerFailed", (await Assert.ThrowsAsync<LettaDrException>(() => ReadAsync(server))).Id);
        }
        finally
        {
            await PostgresServer.ExecuteAsync(stage.Deployment, "ALTER TABLE elsewhere RENAME TO agents");
        }

        Assert.Equal(
            "ServerUnreachable",
            (await Assert.ThrowsAsync<LettaDrException>(() => ReadAsync(server with { BaseAddress = new Uri("http://127.0.0.1:1/") }))).Id);
    }

    [Theory]
    [InlineData("<html>", "text/html")]
    [InlineData("{\"detail\": []}", "application/json")]
    [InlineData("[{\"name\": \"without an id\"}]", "application/json")]
    public async Task What_is_no_list_of_agents_is_told(string body, string type)
    {
        using var listener = new HttpListener();
        var port = FreePort();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        var answering = Task.Run(async () =>
        {
            var context = await listener.GetContextAsync();
            context.Response.ContentType = type;
            await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        });

        var failure = await Assert.ThrowsAsync<LettaDrException>(() => ReadAsync(new ServerEndpoint { BaseAddress = new Uri($"http://127.0.0.1:{port}/") }));

        Assert.Equal("NotALettaServer", failure.Id);
        await answering;
    }

    private static async Task<List<string>> ReadAsync(ServerEndpoint server, int pageSize = 100)
    {
        using var reader = new LettaAgentReader(server, pageSize);
        var agents = new List<string>();
        await foreach (var agent in reader.ReadAsync(CancellationToken.None))
        {
            agents.Add($"{agent.Id}\t{agent.Name}");
        }

        return agents;
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
