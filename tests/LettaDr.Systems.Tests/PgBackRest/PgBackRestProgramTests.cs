using System.IO.Pipes;

namespace LettaDr.Systems.Tests;

/// <summary>What pgBackRest itself says, does and refuses.</summary>
[Collection(nameof(PgBackRestCollection))]
public sealed class PgBackRestProgramTests(PgBackRestServer server)
{
    [DockerFact(TestImages.PgBackRest)]
    public async Task A_backup_is_made_listed_and_verified_and_damage_to_it_is_found()
    {
        var full = await BackUpAsync(PgBackRestBackupType.Full);
        var incremental = await BackUpAsync(PgBackRestBackupType.Incremental);

        var stanza = await server.UseAsync(program => program.FindStanzaAsync(null, null, CancellationToken.None));
        var listed = stanza.Backups.Single(backup => backup.Label == incremental);
        Assert.Equal((PgBackRestServer.Stanza, PgBackRestBackupType.Incremental, full), (stanza.Name, listed.Type, listed.Prior));
        Assert.Contains(full, listed.References);
        Assert.Empty(await VerifyAsync(listed));

        await server.ShellAsync($"f=$(find /var/lib/pgbackrest/backup/main/{full} -name '*.gz' -size +20k | head -n 1); printf damage | dd of=\"$f\" bs=1 seek=100 conv=notrunc 2> /dev/null");
        var problems = await VerifyAsync(listed);
        Assert.Contains(problems, problem => problem.Contains(incremental, StringComparison.Ordinal) && problem.Contains("invalid", StringComparison.Ordinal));
        await server.ShellAsync($"rm -r /var/lib/pgbackrest/backup/main/{full}");
        Assert.NotEmpty(await VerifyAsync(listed));
    }

    [DockerFact(TestImages.PgBackRest)]
    public async Task An_unknown_stanza_is_refused_with_those_that_there_are()
    {
        var fault = await Assert.ThrowsAsync<LettaDrException>(() => server.UseAsync(program => program.FindStanzaAsync("other", null, CancellationToken.None)));

        Assert.Equal(("StanzaNotFound", FaultKind.NotFound), (fault.Id, fault.Kind));
        Assert.Contains("no stanza other, but main", fault.Message, StringComparison.Ordinal);
        Assert.Contains("stanza-create", fault.Remedy, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.PgBackRest)]
    public async Task A_stanza_of_another_cluster_is_refused()
    {
        var fault = await Assert.ThrowsAsync<LettaDrException>(
            () => server.UseAsync(program => program.FindStanzaAsync(PgBackRestServer.Stanza, "7000000000000000000", CancellationToken.None)));

        Assert.Equal(("StanzaOfOtherCluster", FaultKind.Incompatible), (fault.Id, fault.Kind));
        Assert.Contains("7000000000000000000", fault.Message, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.PgBackRest)]
    public async Task Two_backups_at_once_are_refused()
    {
        using var holding = new AnonymousPipeServerStream(PipeDirection.Out);
        using var reading = new AnonymousPipeClientStream(PipeDirection.In, holding.ClientSafePipeHandle);
        var holder = server.Docker.ExecAsync(
            server.Container.Id!, ["sh", "-c", "mkdir -p /tmp/pgbackrest; exec flock /tmp/pgbackrest/main-backup-1.lock sh -c 'touch /tmp/held; exec cat'"],
            null, reading, null, "postgres", CancellationToken.None);
        await server.ShellAsync("while [ ! -e /tmp/held ]; do sleep 0.1; done");

        var fault = await Assert.ThrowsAsync<LettaDrException>(() => BackUpAsync(PgBackRestBackupType.Full));

        Assert.Equal(("PgBackRestBusy", FaultKind.Busy), (fault.Id, fault.Kind));
        Assert.Contains("ended with 50", fault.Message, StringComparison.Ordinal);
        holding.Dispose();
        Assert.Equal(0, (await holder).ExitCode);
    }

    [DockerFact(TestImages.PgBackRest)]
    public async Task An_archive_command_that_is_not_pgBackRests_is_found_by_check()
    {
        await server.ArchiveByAsync("false");
        try
        {
            var fault = await Assert.ThrowsAsync<LettaDrException>(() => CheckAsync());

            Assert.Equal("ArchivingFails", fault.Id);
            Assert.Contains("archive_command", fault.Remedy, StringComparison.Ordinal);
        }
        finally
        {
            await server.ArchiveAsync();
        }

        Assert.True(await CheckAsync());
    }

    [DockerFact(TestImages.Postgres, TestImages.PgBackRest)]
    public async Task An_image_without_pgBackRest_is_told_as_such()
    {
        var plain = await PostgresServer.StartNewAsync();
        try
        {
            using var place = await PgBackRestPlace.OpenAsync(plain.Deployment("postgres").Database, CancellationToken.None);
            var fault = await Assert.ThrowsAsync<LettaDrException>(() => new PgBackRestProgram(place.Host).VersionAsync(CancellationToken.None));

            Assert.Equal(("PgBackRestNotInstalled", FaultKind.NotInstalled), (fault.Id, fault.Kind));
            Assert.Contains(plain.Container.Name, fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            await plain.DisposeAsync();
        }
    }

    [DockerFact(TestImages.PgBackRest)]
    public async Task What_it_leaves_behind_belongs_to_the_clusters_owner()
    {
        await BackUpAsync(PgBackRestBackupType.Full);

        Assert.Equal(string.Empty, await server.ShellAsync("find /tmp/pgbackrest /var/lib/pgbackrest ! -user postgres"));
    }

    private Task<string> BackUpAsync(PgBackRestBackupType type) => server.UseAsync(async program => (await program.BackUpAsync(
        PgBackRestServer.Stanza, type, null, new ProgressMeter(NoObserver.Instance, string.Empty), CancellationToken.None)).Label);

    private Task<bool> CheckAsync() => server.UseAsync(async program =>
    {
        await program.CheckAsync(PgBackRestServer.Stanza, CancellationToken.None);
        return true;
    });

    private Task<IReadOnlyList<string>> VerifyAsync(PgBackRestBackup backup) => server.UseAsync(async program => PgBackRestVerification.Problems(
        await program.VerifyAsync(PgBackRestServer.Stanza, backup.Label, backup.Repository, CancellationToken.None), backup.Label, backup.References));
}
