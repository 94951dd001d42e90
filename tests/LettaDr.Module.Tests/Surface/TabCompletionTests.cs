namespace LettaDr.Module.Tests;

[Collection(SmallSandboxCollection.Name)]
public sealed class TabCompletionTests(SmallSandbox sandbox) : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Remove-LettaSandbox ")]
    [InlineData("Remove-LettaSandbox -Name ")]
    [InlineData("Get-LettaDeployment -Project ")]
    public void Names_of_what_runs_are_completed(string line)
    {
        var completed = _shell.Complete(line + "lettadr-module-").CompletionMatches.Select(match => match.CompletionText);

        Assert.Contains(sandbox.Name, completed);
        Assert.DoesNotContain(_shell.Complete(line + "no-such-").CompletionMatches, match => match.CompletionText == sandbox.Name);
    }

    [Theory]
    [InlineData("Test-LettaBackup -Level ", "Restore")]
    [InlineData("Backup-LettaD", "Backup-LettaDatabase")]
    [InlineData("Restore-LettaDatabase -Disc", "-DiscardPrevious")]
    public void Names_of_the_module_are_completed(string line, string expected) =>
        Assert.Contains(expected, _shell.Complete(line).CompletionMatches.Select(match => match.CompletionText));
}
