using System.Diagnostics;
using System.Globalization;

namespace LettaDr.Systems.Tests;

/// <summary>
/// This assembly as a program of its own: an operation in a process that a test can kill, or give another environment. Its
/// arguments are what <see cref="ChildProcess"/> hands it.
/// </summary>
internal static class ChildProgram
{
    public const string Ready = "READY";

    public static async Task<int> Main(string[] args)
    {
        try
        {
            if ((await RestoreChild.RunAsync(args) ?? await MaintenanceChild.RunAsync(args) ?? await CacheChild.RunAsync(args)
                ?? await SystemRestoreChild.RunAsync(args) ?? await RecoveryChild.RunAsync(args)
                ?? await DrTestChild.RunAsync(args)) is { } exitCode)
            {
                return exitCode;
            }

            if (args is not ["backup" or "copy", var host, var database, var container, var folder, var name, var stopInTheMiddle])
            {
                await Console.Error.WriteLineAsync("This program is run by the tests.");
                return 2;
            }

            var backup = await BackUpAsync(Deployment(host, database, container, name), folder, stopInTheMiddle == "stop", args[0] == "copy");
            Console.WriteLine("DONE " + backup.Id);
            return 0;
        }
        catch (LettaDrException failure)
        {
            Console.WriteLine($"FAULT {failure.Id} {failure.Message}");
            return 1;
        }
    }

    private static async Task<Backup> BackUpAsync(LettaDeployment deployment, string folder, bool stopInTheMiddle, bool physical)
    {
        var observer = new CollectingObserver
        {
            OnProgress = progress =>
            {
                if (stopInTheMiddle && progress is { Status: "Copying schema and rows" or "Copying the cluster's files", BytesDone: > 0 })
                {
                    StopSelf();
                }
            },
        };
        var repository = new DirectoryRepository(folder);
        using var server = await DeploymentDatabase.OpenAsync(deployment, OperationId.Next(), CancellationToken.None);
        var making = new BackupMaking(repository, observer, new JournalDirectory(Path.Combine(folder, "..", "child-journals")));
        var request = new BackupRequest { Deployment = deployment };
        return physical
            ? await ClusterBackup.RunAsync(
                making, repository, request with { Physical = BaseBackupType.Full }, server.OpenCluster, CancellationToken.None)
            : await DatabaseBackup.RunAsync(making, repository, request, server.OpenSource, CancellationToken.None);
    }

    private static LettaDeployment Deployment(string host, string database, string container, string name) => new()
    {
        Name = name,
        Database = new DatabaseEndpoint
        {
            Host = host, Database = database, UserName = "postgres", Password = new Secret("test"),
            Container = container.Length == 0
                ? null
                : new DeploymentContainer { Id = container, Name = "test", State = "running", Address = host },
        },
    };

    /// <summary>Every thread stands still, with its connections open, until the process is killed.</summary>
    public static void StopSelf()
    {
        Console.WriteLine(Ready);
        using var kill = Process.Start("kill", ["-STOP", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
