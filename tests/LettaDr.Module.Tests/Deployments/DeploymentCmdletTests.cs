namespace LettaDr.Module.Tests;

[Collection(SmallSandboxCollection.Name)]
public sealed class DeploymentCmdletTests(SmallSandbox sandbox) : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_deployment_says_where_each_fact_came_from()
    {
        var deployment = _shell.Run($"Get-LettaDeployment -Project {sandbox.Name}").Single();

        Assert.Equal("letta", (string)deployment.Database.Database);
        Assert.Equal(sandbox.Container, (string)deployment.Database.Container.Name);
        var facts = _shell.Run($"(Get-LettaDeployment -Project {sandbox.Name}).Facts").Clean().Output.Select(fact => (dynamic)fact).ToList();
        Assert.NotEmpty(facts);
        Assert.All(facts, fact => Assert.NotEmpty((string)fact.Source));
        Assert.All(facts, fact => Assert.DoesNotContain(sandbox.Password, (string)fact.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_member_is_tested_with_evidence()
    {
        var results = _shell.Run($"Get-LettaDeployment -Project {sandbox.Name} | Test-LettaDeployment -Verbose").Clean();

        Assert.True(results.Output.Count > 4);
        Assert.Equal(results.Output.Count, results.Output.Select(result => (string)((dynamic)result).Name).Distinct().Count());
        Assert.All(results.Output, result => Assert.NotEmpty((string)((dynamic)result).Evidence));
        Assert.All(results.Output, result => Assert.NotEqual("Failed", ((object)((dynamic)result).Outcome).ToString()));
        Assert.True(results.Verbose.Count >= results.Output.Count);
    }

    [Theory]
    [InlineData("'postgresql://letta:x@127.0.0.1:1/letta' | Test-LettaDeployment -Quiet", false)]
    [InlineData("$deployment, 'postgresql://letta:x@127.0.0.1:1/letta' | Test-LettaDeployment -Quiet", false)]
    [InlineData("$deployment | Test-LettaDeployment -Quiet", true)]
    [InlineData("@() | Test-LettaDeployment -Quiet", false)]
    public void Quiet_is_one_word_for_all(string script, bool expected) =>
        Assert.Equal(expected, _shell.With("deployment", sandbox.Deployment).Run(script).Value());

    [Fact]
    public void Every_text_that_names_a_deployment_will_do()
    {
        _shell.With("uri", $"postgresql+asyncpg://letta:{sandbox.Password}@{sandbox.Value.Deployment.Database.Host}:5432/letta");

        foreach (var text in new[] { $"'{sandbox.Name}'", $"'{sandbox.Container}'", "$uri" })
        {
            Assert.True((bool)_shell.Run($"Test-LettaDeployment {text} -Quiet").Value(), text);
        }
    }
}
