using System.Formats.Tar;
using System.Globalization;
using System.Text;

namespace LettaDr.Systems;

/// <summary>
/// The container that receives a server's log into an archive: of the server's own image, in its network, so that what the stock
/// pg_hba.conf lets in from the loopback address suffices.
/// </summary>
internal static class WalReceiver
{
    /// <summary>Says which folder it writes to.</summary>
    public const string ArchiveLabel = "lettadr.wal.archive";

    private const string DeploymentLabel = "lettadr.wal.deployment";
    private const string RepositoryLabel = "lettadr.wal.repository";
    private const string ServerLabel = "lettadr.wal.server";
    private const string Folder = "/archive";
    private const string PasswordFile = "/lettadr.pgpass";

    /// <summary>The receiver of an archive, running or not; null when there is none.</summary>
    public static async Task<ContainerDetails?> FindAsync(DockerEngine docker, string archive, CancellationToken cancellationToken) =>
        (await docker.ListAsync(all: true, new Dictionary<string, string> { [ArchiveLabel] = archive }, cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>The receivers of a deployment into a repository: of former clusters too.</summary>
    public static Task<IReadOnlyList<ContainerDetails>> ListAsync(
        DockerEngine docker, string deployment, string repository, CancellationToken cancellationToken) => docker.ListAsync(
            all: true, new Dictionary<string, string> { [DeploymentLabel] = deployment, [RepositoryLabel] = repository }, cancellationToken);

    /// <summary>The identifier of the container of the server that it receives from.</summary>
    public static string? ServerOf(ContainerDetails receiver) => receiver.Labels.GetValueOrDefault(ServerLabel);

    /// <summary>Whether it does what a plan asks for.</summary>
    public static bool Fits(ContainerDetails receiver, WalArchivePlan plan) => receiver.Container.IsRunning
        && ServerOf(receiver) == plan.Server.Container.Id
        // Else it writes to a folder that was removed, or to what was mounted there before.
        && File.Exists(Path.Combine(plan.Folder, WalArchiveSettings.FileName))
        && Environment(plan).All(pair => receiver.Environment.GetValueOrDefault(pair.Key) == pair.Value);

    /// <summary>Starts it.</summary>
    public static Task<string> RunAsync(DockerEngine docker, WalArchivePlan plan, CancellationToken cancellationToken)
    {
        var request = new DockerRunRequest
        {
            Image = plan.Server.ImageId,
            Name = plan.ContainerName,
            Labels = new Dictionary<string, string>
            {
                [ArchiveLabel] = plan.Folder, [DeploymentLabel] = plan.Request.Deployment.Name, [RepositoryLabel] = plan.Repository, [ServerLabel] = plan.Server.Container.Id!,
            },
            Environment = Environment(plan),
            Network = plan.Server.UsesHostNetwork ? "host" : $"container:{plan.Server.Container.Id}",
            // What was killed or stopped by hand comes back with Docker's next start at least; who wants an end of it has it removed.
            RestartPolicy = "always",
            User = ProcessUser.Numbers,
            // The server's own work goes first. A tenth of a processor receives and compresses more than one usually writes.
            CpuShares = 102,
            WorkingDirectory = Folder,
            Entrypoint = ["sh", "-c", EmbeddedSql.Read("Archiving/receive-wal.sh"), "lettadr-wal"],
            Command = [],
            // The server's control group tells when its container runs again: a restart joins its new network only then.
            Volumes = [new("bind", plan.Folder, Folder, ReadOnly: false), new("bind", "/sys/fs/cgroup", "/run/lettadr/cgroup", ReadOnly: true), .. plan.ImageVolumes],
        };
        return docker.Containers.RunAsync(request, id => PreparePasswordAsync(docker, id, plan, cancellationToken), cancellationToken);
    }

    /// <summary>Has one that runs end its receiving and drop the slot, which is held as long as it receives; false where it could not.</summary>
    public static async Task<bool> DropSlotAsync(DockerEngine docker, string id, CancellationToken cancellationToken)
    {
        var result = await docker.ExecAsync(
            id, ["sh", "-c", "kill -USR1 1; for i in $(seq 100); do [ -e /tmp/lettadr-dropped ] && exit 0; sleep 0.2; done; exit 1"],
            null, null, null, null, cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0;
    }

    /// <summary>Stops and removes one.</summary>
    public static async Task RemoveAsync(DockerEngine docker, string id, CancellationToken cancellationToken)
    {
        await docker.Containers.StopAsync(id, null, cancellationToken).ConfigureAwait(false);
        await docker.Containers.RemoveAsync(id, volumes: true, cancellationToken).ConfigureAwait(false);
    }

    private static Dictionary<string, string> Environment(WalArchivePlan plan)
    {
        var environment = new Dictionary<string, string>
        {
            ["PGHOST"] = "127.0.0.1",
            ["PGPORT"] = plan.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = plan.Request.Deployment.Database.UserName,
            ["LETTADR_SYSTEM"] = plan.Facts.SystemIdentifier,
            ["LETTADR_SLOT"] = plan.Request.Slot,
            ["LETTADR_SEGMENT"] = plan.Facts.SegmentSize.ToString(CultureInfo.InvariantCulture),
            ["LETTADR_SLOT_LIMIT"] = (plan.Request.MaximumSlotSize ?? 0).ToString(CultureInfo.InvariantCulture),
            ["LETTADR_HEARTBEAT"] = ((int)Math.Ceiling(plan.Request.HeartbeatInterval.TotalSeconds)).ToString(CultureInfo.InvariantCulture),
            ["LETTADR_PEER"] = plan.Server.Container.Id!,
        };
        if (plan.Facts.NeedsPassword)
        {
            environment["PGPASSFILE"] = PasswordFile;
        }

        return environment;
    }

    /// <summary>A password goes in as a file that the receiver alone can read; nothing that describes the container shows it.</summary>
    private static async Task PreparePasswordAsync(DockerEngine docker, string id, WalArchivePlan plan, CancellationToken cancellationToken)
    {
        if (!plan.Facts.NeedsPassword)
        {
            return;
        }

        var password = plan.Request.Deployment.Database.Password!.Reveal().Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);
        using var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            var entry = new PaxTarEntry(TarEntryType.RegularFile, PasswordFile[1..])
            {
                Mode = UnixFileMode.UserRead, Uid = ProcessUser.Number, DataStream = new MemoryStream(Encoding.UTF8.GetBytes($"*:*:*:*:{password}\n")),
            };
            await writer.WriteEntryAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        tar.Position = 0;
        await docker.ExtractAsync(id, "/", tar, cancellationToken).ConfigureAwait(false);
    }
}
