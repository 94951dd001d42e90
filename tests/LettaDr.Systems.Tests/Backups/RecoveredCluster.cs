using System.Formats.Tar;
using System.Text.RegularExpressions;

namespace LettaDr.Systems.Tests;

/// <summary>A container in which physical sets are recovered by nothing but what their RESTORE.txt says.</summary>
internal sealed partial class RecoveredCluster : ContainerFixture, IAsyncDisposable
{
    private const string User = "postgres";

    private string _id = null!;

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    /// <summary>Recovers a chain of sets, the full one first, to where the last one's proof was taken.</summary>
    public static async Task<RecoveredCluster> AtSnapshotAsync(params Backup[] chain)
    {
        var cluster = new RecoveredCluster();
        try
        {
            await cluster.InitializeAsync();
            await cluster.RecoverAsync(chain);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>All differences between what the last set says of its database and what was recovered.</summary>
    public async Task<IReadOnlyList<InventoryDifference>> CompareAsync(TemporaryRepository repository, Backup backup)
    {
        var file = backup.Manifest!.Files.Single(file => file.Name == ClusterPart.InventoryFileName);
        using var content = new MemoryStream();
        await using (var stored = repository.Directory.OpenContent(backup, file))
        {
            await stored.CopyToAsync(content);
        }

        var expected = ManifestSerializer.ReadInventory(content.ToArray(), backup.Path);
        return await LettaOperations.CompareAsync(expected, await DeploymentAsync(expected.Database.Name));
    }

    /// <summary>The recovered database.</summary>
    public async Task<LettaDeployment> DeploymentAsync(string database)
    {
        var container = await Engine.InspectAsync(_id, CancellationToken.None);
        return new LettaDeployment
        {
            Name = database,
            Database = new DatabaseEndpoint
            {
                Host = container.Address!, Port = 5432, Database = database, UserName = User, Password = new Secret("test"), Container = container,
            },
        };
    }

    /// <summary>Runs a shell script as PostgreSQL's user; its output.</summary>
    public async Task<string> ShellAsync(string script, IReadOnlyDictionary<string, string>? environment = null, string user = User)
    {
        using var output = new MemoryStream();
        var result = await Engine.ExecAsync(_id, ["bash", "-euo", "pipefail", "-c", script], environment, null, output, user, CancellationToken.None);
        Assert.True(result.ExitCode == 0, $"{script}\nended with {result.ExitCode}: {result.StandardError} {System.Text.Encoding.UTF8.GetString(output.ToArray())}");
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    protected override async Task StartAsync() => _id = await RunAsync(
        new DockerRunRequest { Image = TestImages.Postgres, Entrypoint = ["tail"], Command = ["-f", "/dev/null"] });

    private async Task RecoverAsync(Backup[] chain)
    {
        var folders = chain.Select((_, number) => $"/tmp/set{number}").ToArray();
        foreach (var (set, folder) in chain.Zip(folders))
        {
            await CopyInAsync(set.Path, folder);
        }

        foreach (var (set, number) in chain.Select((set, number) => (set, number)))
        {
            var last = number == chain.Length - 1;
            var environment = new Dictionary<string, string>
            {
                ["SET"] = folders[number], ["NEW"] = last || number > 0 ? "/tmp/new" : "/tmp/part0",
                ["INCREMENT"] = $"/tmp/part{number}", ["PARENT"] = string.Join(' ', Enumerable.Range(0, number).Select(part => $"/tmp/part{part}")),
            };
            await ShellAsync("mkdir -p -m 0700 $INCREMENT; test $NEW = $INCREMENT || rm -rf $NEW; test $SET != x", environment);
            var text = await File.ReadAllTextAsync(Path.Combine(set.Path, BackupManifest.InstructionsFileName));
            foreach (var command in Commands(text).Where(command => last || (command.Step == 1 && !command.Line.StartsWith("pg_combinebackup", StringComparison.Ordinal))))
            {
                if (command.Line.EndsWith("promote", StringComparison.Ordinal))
                {
                    await Eventually.TrueAsync(async () => await ShellAsync("psql -Atc 'SELECT pg_get_wal_replay_pause_state()'") == "paused\n");
                }

                await ShellAsync(set.Manifest!.Cluster!.ParentId is null ? $"mkdir -p -m 0700 $NEW; {command.Line}" : command.Line, environment);
            }
        }
    }

    private static IEnumerable<(int Step, string Line)> Commands(string text)
    {
        var step = 0;
        foreach (var line in text.Split('\n'))
        {
            if (StepPattern().Match(line) is { Success: true } heading)
            {
                step = heading.Groups[1].Value[0] - '0';
            }
            else if (line.StartsWith("     ", StringComparison.Ordinal) && step > 0)
            {
                yield return (step, line.Trim());
            }
        }
    }

    private async Task CopyInAsync(string source, string folder)
    {
        using var tar = new MemoryStream();
        await TarFile.CreateFromDirectoryAsync(source, tar, includeBaseDirectory: false);
        tar.Position = 0;
        var result = await Engine.ExecAsync(
            _id, ["sh", "-c", $"mkdir {folder} && tar -xf - -C {folder} && chown -R {User} {folder}"], null, tar, null, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
    }

    [GeneratedRegex(@"^([0-9])\. ")]
    private static partial Regex StepPattern();
}
