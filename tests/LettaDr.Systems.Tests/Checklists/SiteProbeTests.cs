using System.Net;
using System.Net.Sockets;

namespace LettaDr.Systems.Tests;

/// <summary>A site is looked at through its own engine: here that of this machine.</summary>
public sealed class SiteProbeTests : IDisposable
{
    private static readonly Uri Here = DockerEndpoint.Find(Environment.GetEnvironmentVariable);
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly TemporaryFolder _folder = new("site");

    public void Dispose() => _folder.Dispose();

    [DockerFact(TestImages.Postgres)]
    public async Task A_site_with_engine_images_disk_and_sets_is_ready()
    {
        var evidence = await LookAsync(Recovery(Set()), live: Live());

        Assert.Empty(evidence.Problems);
        Assert.Empty(evidence.Unknown);
        Assert.Contains(evidence.Seen, seen => seen.Contains("free", StringComparison.Ordinal));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task An_image_that_is_not_there_is_told()
    {
        var evidence = await LookAsync(Recovery(Set(image: "lettadr/there-is-none:9")));

        Assert.Contains("docker pull lettadr/there-is-none:9", Assert.Single(evidence.Problems), StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_disk_that_is_too_small_is_told()
    {
        var evidence = await LookAsync(Recovery(Set()) with { DatabaseBytes = 1L << 50 });

        Assert.Contains("make room", Assert.Single(evidence.Problems), StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_port_that_somebody_else_holds_is_told()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        var live = Live(port);

        Assert.Contains($"{port} is taken", Assert.Single((await LookAsync(Recovery(Set()), live: live)).Problems), StringComparison.Ordinal);
        holder.Stop();
        Assert.Empty((await LookAsync(Recovery(Set()), live: live)).Problems);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Ports_that_nobody_can_name_are_not_passed_over()
    {
        var evidence = await LookAsync(Recovery(Set()));

        Assert.Empty(evidence.Problems);
        Assert.Contains("ports", Assert.Single(evidence.Unknown), StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_backup_of_pgBackRest_tells_its_image_and_its_size()
    {
        var set = Set();
        var stanza = set with
        {
            Manifest = set.Manifest! with
            {
                Database = null, PgBackRest = new PgBackRestPart
                {
                    Stanza = "main", BackupLabel = "20261122-120000F", Type = PgBackRestBackupType.Full, Repository = 1, SnapshotTime = Now, SystemIdentifier = "1",
                    Database = "letta", ServerVersion = "17", Image = TestImages.Postgres, Bytes = 1 << 20, RepositoryBytes = 1,
                },
            },
        };

        var evidence = await LookAsync(Recovery(stanza));

        Assert.Empty(evidence.Problems);
        Assert.Contains(evidence.Seen, seen => seen.Contains("a restore needs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_is_told()
    {
        var evidence = await LookAsync(Recovery(Set()), new DrSite { Name = "dr", Docker = new Uri("tcp://127.0.0.1:1") });

        Assert.NotEmpty(Assert.Single(evidence.Problems));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Sets_that_are_missing_or_far_behind_at_the_site_are_told()
    {
        var site = new DrSite { Name = "dr", Docker = Here, Repository = Path.Combine(_folder.Path, "nowhere") };
        Assert.NotEmpty(Assert.Single((await LookAsync(Recovery(Set()), site)).Problems));

        Directory.CreateDirectory(Path.Combine(_folder.Path, "nowhere"));
        Assert.Contains("holds no set of letta", Assert.Single((await LookAsync(Recovery(Set()), site)).Problems), StringComparison.Ordinal);

        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "nowhere", "letta", "sets", "20261122T120000Z-abcdef")).FullName;
        var old = Set().Manifest!;
        File.WriteAllBytes(
            Path.Combine(folder, BackupManifest.FileName),
            ManifestSerializer.Write(old with { Database = old.Database! with { SnapshotTime = Now.AddHours(-1) } }));
        Assert.Contains("behind the deployment's own", Assert.Single((await LookAsync(Recovery(Set()), site)).Problems), StringComparison.Ordinal);

        File.WriteAllBytes(
            Path.Combine(folder, BackupManifest.FileName), ManifestSerializer.Write(old with { Files = [new BackupFile("rows/0001.copy.zst", 9, new string('a', 64))] }));
        Assert.Contains("lacks its file rows/0001.copy.zst", Assert.Single((await LookAsync(Recovery(Set()), site)).Problems), StringComparison.Ordinal);
    }

    private static Task<SiteEvidence> LookAsync(RecoveryEvidence recovery, DrSite? site = null, LettaDeployment? live = null) =>
        new SiteProbe(new DrPlan { Name = "letta", Deployment = "letta", Repository = "/repository" }, recovery, live)
            .LookAsync(site ?? new DrSite { Name = "dr", Docker = Here }, CancellationToken.None);

    private static LettaDeployment Live(params int[] ports) => new()
    {
        Name = "letta", Database = new DatabaseEndpoint { Host = "db", Port = 5432, Database = "letta", UserName = "letta" },
        Containers = [new DeploymentContainer { Name = "db", Id = "gone", PublishedPorts = ports.ToDictionary(_ => 5432) }],
    };

    private static RecoveryEvidence Recovery(Backup set) => new() { Deployment = "letta", Now = Now, Sets = [set] };

    private static Backup Set(string image = TestImages.Postgres) => new()
    {
        Id = "20261122T120000Z-abcdef", Deployment = "letta", State = BackupState.Complete, Repository = "/repository", Path = "/repository/x", SnapshotTime = Now,
        Manifest = new BackupManifest
        {
            Format = BackupManifest.CurrentFormat, Id = "20261122T120000Z-abcdef", Deployment = "letta", Writer = "LettaDr", StartedAt = Now, CompletedAt = Now, Files = [],
            Database = new DatabasePart { SnapshotTime = Now, Lsn = "0/1", Name = "letta", ServerVersion = "17", Tables = 1, Rows = 1, Bytes = 1 << 20, Image = image },
        },
    };
}
