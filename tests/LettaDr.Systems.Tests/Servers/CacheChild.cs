using System.Diagnostics;
using System.Globalization;

namespace LettaDr.Systems.Tests;

/// <summary>A backup or restore of a cache in a process of its own, to be killed in the middle.</summary>
internal sealed class CacheChild : ChildHandle
{
    public const string BackUp = "backup-cache";
    public const string Restore = "restore-cache";

    private CacheChild(Process process)
        : base(process)
    {
    }

    /// <summary>
    /// Begins an operation that stands still as it begins a step; a backup, when the percentage at which Redis rewrites its files
    /// has become that.
    /// </summary>
    public static async Task<CacheChild> StartAsync(TestRedis redis, TemporaryRepository repository, string verb, string step)
    {
        var cache = (await redis.DeploymentAsync()).Cache!;
        string[] arguments =
            ["exec", typeof(CacheChild).Assembly.Location, verb, redis.Id, cache.Password?.Reveal() ?? string.Empty, repository.Path, step];
        return new CacheChild(Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!);
    }

    /// <summary>The other side of <see cref="StartAsync"/>; null for arguments that are not its own.</summary>
    public static async Task<int?> RunAsync(string[] arguments)
    {
        if (arguments is not [BackUp or Restore, var container, var password, var folder, var step])
        {
            return null;
        }

        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        var redis = new TestRedis(engine, container, password.Length == 0 ? null : password);
        using var repository = new TemporaryRepository(folder);
        var observer = new CollectingObserver
        {
            OnStep = begun =>
            {
                if (begun == step)
                {
                    StandStill();
                }
            },
        };
        if (arguments[0] == BackUp)
        {
            _ = Task.Run(async () =>
            {
                await Eventually.TrueAsync(async () => await redis.RewritesAsync() == step);
                StandStill();
            });
            await redis.BackUpAsync(repository, observer);
        }
        else
        {
            await redis.RestoreAsync(repository, repository.Catalog.Resolve(BackupCatalog.Latest, null, BackupParts.Cache), null, observer);
        }

        return 0;
    }

    private static void StandStill()
    {
        Console.WriteLine(ChildProgram.Ready);
        using var kill = Process.Start("kill", ["-STOP", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
