using System.Diagnostics;
using System.Globalization;

namespace LettaDr.Systems.Tests;

/// <summary>A restore in a process of its own, to be killed in the middle.</summary>
internal static class RestoreChild
{
    private const string Verb = "restore";

    /// <summary>Begins a restore that stands still in a step, as soon as the server is at work on what is slow in it.</summary>
    public static Process Start(LettaDeployment deployment, TemporaryRepository repository, string step)
    {
        string[] arguments =
        [
            "exec", typeof(RestoreChild).Assembly.Location, Verb, deployment.Database.Host, deployment.Database.Database,
            deployment.Database.Container!.Id!, repository.Path, step,
        ];
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
    }

    /// <summary>The other side of <see cref="Start"/>; null for arguments that are not its own.</summary>
    public static async Task<int?> RunAsync(string[] arguments)
    {
        if (arguments is not [Verb, var host, var database, var container, var folder, var step])
        {
            return null;
        }

        var deployment = new LettaDeployment
        {
            Name = database,
            Database = new DatabaseEndpoint
            {
                Host = host, Database = database, UserName = "postgres", Password = new Secret("test"),
                Container = new DeploymentContainer { Id = container, Name = "test", State = "running", Address = host },
            },
        };
        var observer = new CollectingObserver { OnStep = begun => StandStillIn(begun == step, deployment) };
        var repository = new DirectoryRepository(folder);
        var operationId = OperationId.Next();
        using var server = await DeploymentDatabase.OpenAsync(deployment, operationId, CancellationToken.None);
        await using var target = server.OpenTarget();
        var request = new RestoreRequest
        {
            Deployment = deployment, Backup = repository.List(database, includeIncomplete: false)[0], TargetDatabase = database,
        };
        await new DatabaseRestore(repository, target, observer, new JournalDirectory(Path.Combine(folder, "..", "child-journals")))
            .RunAsync(request, operationId, CancellationToken.None);
        return 0;
    }

    private static void StandStillIn(bool thisStep, LettaDeployment deployment)
    {
        if (thisStep)
        {
            _ = Task.Run(async () =>
            {
                var maintenance = deployment with { Database = deployment.Database with { Database = "postgres" } };
                await Eventually.TrueAsync(async () => await PostgresServer.ValueAsync(maintenance, $"""
                    SELECT count(*) FROM pg_stat_activity
                    WHERE datname LIKE '{deployment.Name}\_\_restoring%' AND state = 'active' AND query ~ '^(COPY|CREATE INDEX) .*slow'
                    """) == "1");
                Console.WriteLine(ChildProgram.Ready);
                using var kill = Process.Start("kill", ["-STOP", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
                await kill.WaitForExitAsync();
            });
        }
    }
}
