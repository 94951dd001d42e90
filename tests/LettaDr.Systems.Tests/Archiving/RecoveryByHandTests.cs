using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace LettaDr.Systems.Tests;

/// <summary>Recovering from an archive by what its about page says, with nothing of ours.</summary>
public sealed partial class RecoveryByHandTests : ContainerFixture
{
    [DockerFact(TestImages.Postgres)]
    public async Task EveryRowThatWasReceivedIsThereAfterTheServerIsGone()
    {
        await using var archived = await ArchivedServer.StartAsync();
        await archived.ReceiveAsync();
        using var copy = new TemporaryFolder("copy");
        await archived.WriteAsync(megabytes: 5);
        await archived.Server.ShellAsync("pg_basebackup -U postgres -D /tmp/copy -X none -c fast 2> /dev/null; tar -C /tmp/copy -cf /tmp/copy.tar .");
        await using (var tar = File.Create(Path.Combine(copy.Path, "copy.tar")))
        {
            Assert.Equal(0, (await archived.Server.Docker.ExecAsync(archived.Server.Container.Id!, ["cat", "/tmp/copy.tar"], null, null, tar, null, CancellationToken.None)).ExitCode);
        }

        await archived.WriteAsync(megabytes: 40);
        await archived.CaughtUpAsync();
        var rows = await PostgresServer.ValueAsync(archived.Deployment, "SELECT count(*) || ' ' || sum(hashtext(body)) FROM written");
        await archived.Server.Docker.Containers.KillAsync(archived.Server.Container.Id!, CancellationToken.None);

        var id = await RunAsync(new DockerRunRequest
        {
            Image = TestImages.Postgres,
            Entrypoint = ["sleep", "infinity"],
            Volumes = [new("bind", archived.Opened.Location, "/archive", ReadOnly: true), new("bind", copy.Path, "/copy", ReadOnly: true)],
        });
        var settings = SettingsOf(Page());
        using var text = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(settings));
        var recovered = await Engine.ExecAsync(
            id, ["sh", "-ec", """
                cp -r /archive /wal; chown -R postgres /wal
                mkdir /data; tar -C /data -xf /copy/copy.tar; cat >> /data/postgresql.auto.conf; touch /data/recovery.signal; chmod 700 /data; chown -R postgres /data
                PATH=$PATH:/usr/lib/postgresql/17/bin; su postgres -c "PATH=$PATH pg_ctl -D /data -s -w -t 100 -o '-c max_connections=200 -c listen_addresses= -k /tmp' -l /tmp/log start" || { cat /tmp/log >&2; exit 1; }
                until [ "$(psql -h /tmp -AtXU postgres -c 'SELECT pg_is_in_recovery()')" = f ]; do sleep 0.2; done
                """], null, text, null, null, CancellationToken.None);
        Assert.True(recovered.ExitCode == 0, recovered.StandardError);
        using var output = new MemoryStream();
        await Engine.ExecAsync(id, ["psql", "-h", "/tmp", "-AtXU", "postgres", "-c", "SELECT count(*) || ' ' || sum(hashtext(body)) FROM written"], null, null, output, null, CancellationToken.None);
        Assert.Equal(rows, System.Text.Encoding.UTF8.GetString(output.ToArray()).Trim());
    }

    protected override Task StartAsync() => Task.CompletedTask;

    private static string Page([CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "en-US", "about_LettaDrWalArchives.md"));

    private static string SettingsOf(string page) => Settings().Match(page).Groups[1].Value;

    [GeneratedRegex("```text\n(restore_command .*?)```", RegexOptions.Singleline)]
    private static partial Regex Settings();
}
