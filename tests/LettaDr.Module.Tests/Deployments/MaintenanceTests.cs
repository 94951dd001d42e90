namespace LettaDr.Module.Tests;

[Collection(SmallSandboxCollection.Name)]
public sealed class MaintenanceTests : IDisposable
{
    private readonly SmallSandbox _sandbox;
    private readonly Shell _shell = new();
    private readonly string _server;

    public MaintenanceTests(SmallSandbox sandbox)
    {
        _sandbox = sandbox;
        _server = sandbox.Value.Deployment.Server.Container.Name;
        _shell.With("deployment", sandbox.Deployment);
    }

    public void Dispose()
    {
        _shell.Run("Exit-LettaMaintenance $deployment -Confirm:$false").Clean();
        _shell.Dispose();
    }

    [Fact]
    public void In_and_out_again_and_everything_is_told()
    {
        var entered = _shell.Run("$deployment | Enter-LettaMaintenance -Reason 'for a test' -DisconnectSessions").Single();

        Assert.True(entered.Active && entered.DatabaseClosed);
        Assert.Equal("false", State());
        Assert.Equal("f", _sandbox.Query("SELECT datallowconn FROM pg_database WHERE datname = 'letta'", "postgres").Trim());
        var facts = _shell.Run($"(Get-LettaDeployment -Project {_sandbox.Name}).Facts | Where-Object Name -eq Maintenance").Single();
        Assert.EndsWith(": for a test", (string)facts.Value, StringComparison.Ordinal);
        Assert.StartsWith(LocalState.Folder, ((string)facts.Source).Split(" in ")[^1], StringComparison.Ordinal);

        var left = _shell.Run("Exit-LettaMaintenance $deployment -TimeoutSeconds 60").Single();

        Assert.False(left.Active || left.DatabaseClosed);
        Assert.Equal("for a test", (string)left.Reason);
        Assert.Equal("true", State());
        Assert.Equal(true, _shell.Run($"Test-LettaDeployment (Get-LettaDeployment -Project {_sandbox.Name}) -Quiet").Value());
        Assert.Empty(_shell.Run($"(Get-LettaDeployment -Project {_sandbox.Name}).Facts | Where-Object Name -eq Maintenance").Clean().Output);
    }

    [Fact]
    public void WhatIf_tells_the_whole_plan_and_changes_nothing()
    {
        var run = _shell.Run("Enter-LettaMaintenance $deployment -WhatIf -DisconnectSessions").Clean();

        Assert.Empty(run.Output);
        Assert.Contains($"What if: Stop {_server}; refuse new connections to letta at ", run.Text, StringComparison.Ordinal);
        Assert.Contains("; end 3 session(s) (letta-stand-in of letta from ", run.Text, StringComparison.Ordinal);
        Assert.Equal("true", State());
        _shell.Run("Enter-LettaMaintenance $deployment -AllowConnections").Clean();

        var exit = _shell.Run("Exit-LettaMaintenance $deployment -WhatIf").Clean();

        Assert.Contains($"start {_server} and wait up to 300 s", exit.Text, StringComparison.Ordinal);
        Assert.Equal("false", State());
    }

    [Fact]
    public void A_server_elsewhere_is_left_to_the_user_with_a_warning()
    {
        var uri = $"postgresql://letta:{_sandbox.Password}@{_sandbox.Value.Deployment.Database.Host}/letta";
        var run = _shell.With("uri", uri).Run("Enter-LettaMaintenance $uri; Exit-LettaMaintenance $uri").Clean();

        Assert.Contains("No Letta server is known", run.Warnings[0], StringComparison.Ordinal);
        Assert.Equal("true", State());
        Assert.DoesNotContain(_sandbox.Password, run.Everything(), StringComparison.Ordinal);
    }

    private string State() => ProcessRunner.Run("docker", ["inspect", "--format", "{{.State.Running}}", _server]).Trim();
}
