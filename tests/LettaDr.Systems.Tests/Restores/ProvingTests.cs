using System.Diagnostics;
using System.Globalization;

namespace LettaDr.Systems.Tests;

/// <summary>A set is proven by restoring it on a throw-away server, which is gone afterwards whatever happened.</summary>
[Collection(nameof(RestoreCollection))]
public sealed class ProvingTests(PostgresServer server, LettaSet set) : IClassFixture<LettaSet>
{
    [DockerFact(TestImages.Postgres)]
    public async Task A_good_set_passes_and_its_proof_is_kept_beside_it()
    {
        Assert.Null(Listed().ProvenAt);
        DeploymentContainer container = null!;
        var before = await ServerState.ReadAsync(server, set.Deployment, set.Inventory);

        var check = await ProveAsync(set.Repository, set.Backup, started => container = started.Deployment.Database.Container!);

        Assert.Equal((Outcome.Passed, BackupProving.CheckName, set.Backup.Id), (check.Outcome, check.Name, check.Target));
        Assert.Contains("49 of 49 tables identical", check.Evidence, StringComparison.Ordinal);
        Assert.Contains(set.Backup.Rows.ToString(CultureInfo.InvariantCulture), check.Evidence, StringComparison.Ordinal);
        Assert.Null(check.Remedy);
        Assert.True(check.Duration > TimeSpan.Zero);
        Assert.NotNull(Listed().ProvenAt);
        Assert.Equal(check.Evidence, Listed().LastProof!.Evidence);
        await AssertGoneAsync(container.Id!);
        Assert.Empty((await VolumesAsync()).Intersect(container.Volumes.Select(volume => volume.Source)));
        Assert.NotEmpty(container.Volumes);
        // The live server has seen nothing of it.
        Assert.Equal(before, await ServerState.ReadAsync(server, set.Deployment, set.Inventory));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_set_that_does_not_restore_identically_is_a_recorded_failure()
    {
        using var tampered = SetEditor.Edit(set, inventory => inventory with
        {
            Tables = [.. inventory.Tables.Select(table => table.Name == "agents" ? table with { Fingerprint = new Fingerprint(5, 1) } : table)],
        });
        string? container = null;

        var check = await ProveAsync(tampered.Repository, tampered.Backup, started => container = started.Deployment.Database.Container!.Id);

        Assert.Equal(Outcome.Failed, check.Outcome);
        Assert.Contains("agents", check.Evidence, StringComparison.Ordinal);
        Assert.NotNull(check.Remedy);
        var listed = Assert.Single(tampered.Repository.Directory.List(null, false));
        Assert.Null(listed.ProvenAt);
        Assert.Equal((Outcome.Failed, check.Evidence), (listed.LastProof!.Outcome, listed.LastProof.Evidence));
        await AssertGoneAsync(container!);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_set_whose_rows_are_damaged_is_a_recorded_failure()
    {
        using var damaged = SetEditor.EditFile(set, DatabasePart.ArchiveFileName, bytes => bytes[..(bytes.Length / 2)], reseal: true);
        var check = await ProveAsync(damaged.Repository, damaged.Backup, _ => { });
        Assert.Equal(Outcome.Failed, check.Outcome);
        Assert.Contains("pg_restore", check.Evidence, StringComparison.Ordinal);
        Assert.Equal(Outcome.Failed, Assert.Single(damaged.Repository.Directory.List(null, false)).LastProof!.Outcome);
    }

    [DockerFact(TestImages.Postgres)]
    public void A_later_failure_takes_the_proof_away()
    {
        using var copy = SetEditor.Edit(set, inventory => inventory);
        copy.Repository.Directory.SaveProof(copy.Backup, Proof(copy.Backup, Outcome.Passed));
        Assert.NotNull(Assert.Single(copy.Repository.Directory.List(null, false)).ProvenAt);
        copy.Repository.Directory.SaveProof(copy.Backup, Proof(copy.Backup, Outcome.Failed));
        Assert.Null(Assert.Single(copy.Repository.Directory.List(null, false)).ProvenAt);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task An_image_that_is_not_here_is_told_with_its_name()
    {
        var fault = await Assert.ThrowsAsync<LettaDrException>(
            () => ScratchServer.StartAsync(set.Backup, "lettadr/not-there:9", CancellationToken.None));
        Assert.Equal("ImageNotFound", fault.Id);
        Assert.Contains("lettadr/not-there:9", fault.Message, StringComparison.Ordinal);
        Assert.Contains("-Image", fault.Remedy, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_set_that_records_no_image_asks_for_one()
    {
        using var without = SetEditor.Edit(set, inventory => inventory, manifest => manifest with { Database = manifest.Database! with { Image = null, ImageDigest = null } });
        var fault = await Assert.ThrowsAsync<LettaDrException>(() => ScratchServer.StartAsync(without.Backup, null, CancellationToken.None));
        Assert.Equal("ImageNotRecorded", fault.Id);
        Assert.Contains("-Image", fault.Remedy, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Servers_of_processes_that_died_are_swept_and_those_of_living_ones_are_not()
    {
        using var ended = Process.Start(new ProcessStartInfo("sleep", "0"))!;
        await ended.WaitForExitAsync();
        var (dead, living, elsewhere) = (
            await RunScratchAsync($"{ended.Id}@{ProcessScope.Name}"), await RunScratchAsync($"{Environment.ProcessId}@{ProcessScope.Name}"),
            await RunScratchAsync($"{ended.Id}@another-machine"));
        try
        {
            await using (await ScratchServer.StartAsync(set.Backup, null, CancellationToken.None))
            {
                await AssertGoneAsync(dead);
                Assert.True((await server.Docker.InspectAsync(living, CancellationToken.None)).IsRunning);
                Assert.True((await server.Docker.InspectAsync(elsewhere, CancellationToken.None)).IsRunning);
            }
        }
        finally
        {
            foreach (var id in new[] { dead, living, elsewhere })
            {
                await server.Docker.Containers.RemoveAsync(id, volumes: true, CancellationToken.None);
            }
        }
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Cancelled_it_leaves_no_server()
    {
        using var stop = new CancellationTokenSource();
        string? container = null;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ProveAsync(
            set.Repository, set.Backup,
            started =>
            {
                container = started.Deployment.Database.Container!.Id;
                stop.CancelAfter(TimeSpan.FromMilliseconds(300));
            },
            stop.Token));
        await AssertGoneAsync(container!);
    }

    private Backup Listed() => Assert.Single(set.Repository.Directory.List(null, false));

    private static BackupProof Proof(Backup backup, Outcome outcome) => new()
    {
        BackupId = backup.Id, ManifestSeal = backup.Manifest!.Seal, TestedAt = DateTimeOffset.UtcNow, Outcome = outcome, Evidence = "seen", Duration = TimeSpan.Zero,
    };

    private static async Task<CheckResult> ProveAsync(
        TemporaryRepository repository, Backup backup, Action<ScratchServer> onStarted, CancellationToken cancellationToken = default)
    {
        var proving = new BackupProving(
            repository.Directory, new CollectingObserver(), repository.Journals, 2,
            async set =>
            {
                var started = await ScratchServer.StartAsync(set, null, cancellationToken);
                onStarted(started);
                return started;
            });
        var results = await new BackupTesting(repository.Directory, new CollectingObserver(), [proving]).RunAsync(backup, restore: true, cancellationToken);
        return results.Single(one => one.Result.Name == BackupProving.CheckName).Result;
    }

    private Task<string> RunScratchAsync(string owner) => server.Docker.Containers.RunAsync(
        new DockerRunRequest
        {
            Image = TestImages.Postgres,
            Labels = new Dictionary<string, string>(ContainerFixture.Labels) { ["lettadr.scratch"] = owner },
            Entrypoint = ["sleep", "600"],
            Command = [],
        },
        CancellationToken.None);

    private async Task AssertGoneAsync(string container)
    {
        var fault = await Assert.ThrowsAsync<LettaDrException>(() => server.Docker.InspectAsync(container, CancellationToken.None));
        Assert.Equal(FaultKind.NotFound, fault.Kind);
    }

    private Task<List<string>> VolumesAsync() => server.Docker.GuardAsync(
        "list the volumes",
        async client => (await client.Volumes.ListAsync()).Volumes.Select(volume => volume.Name).ToList(),
        CancellationToken.None);
}
