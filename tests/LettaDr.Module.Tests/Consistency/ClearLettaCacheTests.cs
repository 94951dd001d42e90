namespace LettaDr.Module.Tests;

[Collection(SmallSandboxCollection.Name)]
public sealed class ClearLettaCacheTests : IDisposable
{
    private const string LostRun = "run-11111111-1111-4111-8111-111111111111";
    private const string Text = "what the user confided";

    private readonly SmallSandbox _sandbox;
    private readonly Shell _shell = new();
    private readonly string _agent;

    public ClearLettaCacheTests(SmallSandbox sandbox)
    {
        _sandbox = sandbox;
        _shell.With("deployment", sandbox.Deployment);
        _agent = sandbox.Query("SELECT min(id) FROM letta.agents");
        Redis("FLUSHALL");
        Redis("SET", "agent:send_message:run_id:" + _agent, LostRun);
        Redis("SET", "letta_cache:model:https://host/v1:" + Text, "x", "EX", "600");
        Redis("SET", "session:1", "x");
    }

    public void Dispose()
    {
        Redis("FLUSHALL");
        _shell.Dispose();
    }

    [Fact]
    public void Without_more_words_only_what_is_stale_goes()
    {
        var cleared = _shell.Run("$deployment | Clear-LettaCache").Single();

        Assert.Equal((1L, 1L, 0L, 1L), ((long)cleared.Removed, (long)cleared.Kept, (long)cleared.Changed, (long)cleared.OthersUntouched));
        Assert.Equal("2", Redis("DBSIZE"));
        Assert.Equal(0L, (long)_shell.Run("Clear-LettaCache $deployment -Stale").Single().Removed);
    }

    [Fact]
    public void WhatIf_tells_the_reason_and_no_text_and_removes_nothing()
    {
        var run = _shell.Run("Clear-LettaCache $deployment -WhatIf -Verbose; Clear-LettaCache $deployment -All -WhatIf -Verbose").Clean();

        Assert.Empty(run.Output);
        Assert.Contains($"What if: Remove 1 stale key(s) of Letta's from Redis at {_sandbox.Value.Deployment.Cache}: 1 RunToCancel", run.Text, StringComparison.Ordinal);
        Assert.Contains($"names {LostRun}, which the database does not have", run.Text, StringComparison.Ordinal);
        Assert.Contains("1 CachedEmbedding", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Text, run.Everything(), StringComparison.Ordinal);
        Assert.Equal("3", Redis("DBSIZE"));
    }

    [Fact]
    public void All_asks_where_the_user_wants_to_be_asked_and_no_leaves_all()
    {
        _shell.Screen.Answer = _ => 2;
        var run = _shell.Run("Clear-LettaCache $deployment -All -Confirm").Clean();

        Assert.Empty(run.Output);
        Assert.Contains("locks no longer protect", Assert.Single(run.Prompts).Message, StringComparison.Ordinal);
        Assert.Equal("3", Redis("DBSIZE"));
    }

    [Fact]
    public void All_of_Lettas_go_of_the_kinds_asked_for()
    {
        Assert.Equal(1L, (long)_shell.Run("Clear-LettaCache $deployment -All -Kind CachedEmbedding, RunStream -Confirm:$false").Single().Removed);
        Assert.Equal(1L, (long)_shell.Run("Clear-LettaCache $deployment -All").Single().Removed);
        Assert.Equal("1", Redis("DBSIZE"));
    }

    [Fact]
    public void A_wrong_role_and_a_deployment_without_Redis_are_errors_and_the_next_goes_on()
    {
        var refused = _shell.With("password", new System.Net.NetworkCredential(string.Empty, "wrong").SecurePassword)
            .Run("Clear-LettaCache $deployment -Credential ([pscredential]::new('letta', $password))");
        var run = _shell.With("uri", $"postgresql://letta:{_sandbox.Password}@{_sandbox.Value.Deployment.Database.Host}:1/letta").Run("Clear-LettaCache $uri, $deployment");

        Assert.StartsWith("AuthenticationFailed,", Assert.Single(refused.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("CacheNotFound,", Assert.Single(run.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(run.Output);
        Assert.DoesNotContain(_sandbox.Password, run.Everything(), StringComparison.Ordinal);
    }

    private string Redis(params string[] command) =>
        ProcessRunner.Run("docker", ["exec", (string)_sandbox.Value.Deployment.Cache.Container.Name, "redis-cli", "-e", .. command]).Trim();
}
