using System.Diagnostics;

namespace LettaDr.Systems.Tests;

/// <summary>A recovery in a process of its own, to be killed as it begins a step, or within one.</summary>
internal static class RecoveryChild
{
    private const string Verb = "recover-cluster";

    /// <summary>Runs a recovery to the latest moment until it begins a step, and kills it there.</summary>
    public static async Task KillAtAsync(RecoverableServer server, string step)
    {
        using var process = Start(server, step);
        var line = await process.StandardOutput.ReadLineAsync();
        process.Kill();
        await process.WaitForExitAsync();
        Assert.Equal(ChildProgram.Ready, line);
    }

    /// <summary>Runs a recovery to the latest moment until something is so, and kills it then.</summary>
    public static async Task KillWhenAsync(RecoverableServer server, Func<Task<bool>> condition)
    {
        using var process = Start(server, "none");
        await Eventually.TrueAsync(condition);
        Assert.False(process.HasExited);
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>The other side; null for arguments that are not its own.</summary>
    public static async Task<int?> RunAsync(string[] arguments)
    {
        if (arguments is not [Verb, var host, var container, var folder, var step])
        {
            return null;
        }

        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        var deployment = new LettaDeployment
        {
            Name = "letta",
            Database = new DatabaseEndpoint
            {
                Host = host, Database = "letta", UserName = "letta", Password = new Secret("test"),
                Container = await engine.InspectAsync(container, CancellationToken.None),
            },
        };
        var observer = new CollectingObserver
        {
            OnStep = begun =>
            {
                if (begun == step)
                {
                    ChildProgram.StopSelf();
                }
            },
        };
        var repository = new DirectoryRepository(folder);
        var sets = repository.List("letta", includeIncomplete: false);
        await using var stanza = RecoveryEngine.Choose(null, null, sets) == BackupEngine.PgBackRest
            ? await StanzaRecovery.OpenAsync(deployment, sets, null, null, observer, CancellationToken.None) : null;
        await using var target = await ClusterTarget.OpenAsync(deployment, repository, observer, stanza, CancellationToken.None);
        await new ClusterRestore(repository, target, observer, new JournalDirectory(Path.Combine(folder, "..", "child-journals"))).RunAsync(
            new ClusterRestoreRequest
            {
                Deployment = deployment,
                Plan = stanza is null
                    ? RecoveryPlanning.Plan(repository, "letta", RecoveryTarget.Latest, null, CancellationToken.None)
                    : await stanza.PlanAsync(RecoveryTarget.Latest, null, CancellationToken.None),
            },
            OperationId.Next(), CancellationToken.None);
        return 0;
    }

    private static Process Start(RecoverableServer server, string step)
    {
        var database = server.Deployment.Database;
        string[] arguments = ["exec", typeof(RecoveryChild).Assembly.Location, Verb, database.Host, database.Container!.Id!, server.Repository.Path, step];
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
    }
}
