using System.Security.Cryptography.X509Certificates;

namespace LettaDr.Systems.Tests;

/// <summary>What tests of a real project's configuration share: the project, a repository, and a folder to restore to.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public abstract class ConfigurationTest(ConfigurationStack stack) : IDisposable
{
    private protected ConfigurationStack Stack { get; } = stack;

    private protected TemporaryRepository Repository { get; } = new();

    private protected TemporaryFolder Folder { get; } = new("restored");

    public void Dispose()
    {
        Repository.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static SecretSealing Sealing(params X509Certificate2[] certificates) => new(certificates, null);

    private protected ConfigurationRestoreRequest Request(Backup backup) => new() { Backup = backup, Destination = Folder.Path };

    private protected Task<ConfigurationRestoreResult> RestoreAsync(Backup backup, X509Certificate2 certificate) =>
        ConfigurationStack.RestoreAsync(Repository, Request(backup) with { Certificates = [certificate] });

    private protected async Task SqlAsync(string sql)
    {
        await using var connection = await new PostgresConnector(Stack.Deployment.Database, OperationId.Next()).OpenOnlyAsync(default);
        await PostgresConnector.ExecuteAsync(connection, "SET search_path TO agents; " + sql, default);
    }

    private protected static async Task<string> Git(string folder, params string[] arguments) => await LocalGit.RequireAsync(folder, arguments, default);

    private protected static Task<string> Shell(string folder, string script)
    {
        Assert.True(ComposeStack.Run("sh", ["-ec", script], folder, out var output), output);
        return Task.FromResult(output);
    }
}
