namespace LettaDr.Module.Tests;

/// <summary>What Invoke-LettaDrTest refuses before it makes or breaks anything.</summary>
public sealed class InvokeLettaDrTestTests : IDisposable
{
    private readonly Shell _shell = Objects.Shell();

    public void Dispose() => _shell.Dispose();

    [Theory]
    // The set is the one that is tested, wherever it lies; it is not left out silently, nor looked for in another repository.
    [InlineData("-Backup $physical", "BackupWithoutPart")]
    [InlineData("-Backup $physical -Repository ./another", "BackupWithoutPart")]
    [InlineData("-Backup latest", "RepositoryNotGiven")]
    [InlineData("-Backup $backup -OnDeployment", "BackupNotWanted")]
    [InlineData("-OnDeployment", "DeploymentNotGiven")]
    public void What_cannot_be_tested_is_one_clear_error(string arguments, string id)
    {
        var run = _shell.Run($"Invoke-LettaDrTest ComponentFailure {arguments}");

        Assert.Empty(run.Output);
        var error = Assert.Single(run.Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }
}
