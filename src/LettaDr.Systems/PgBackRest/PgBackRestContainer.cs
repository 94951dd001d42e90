using System.Text;
using System.Text.RegularExpressions;

namespace LettaDr.Systems;

/// <summary>
/// A throw-away container that sees what the database's own container sees of pgBackRest: its configuration, and its repositories, which
/// it cannot write to. So nothing that is done in it can reach the stanza.
/// </summary>
internal sealed partial class PgBackRestContainer : IAsyncDisposable
{
    private const string Work = "/var/lib/lettadr";
    private const string Configuration = "/etc/pgbackrest";

    private PgBackRestContainer(ScratchContainer scratch, ClusterPlace place, PgBackRestProgram program) => (Scratch, Place, Program) = (scratch, place, program);

    public ScratchContainer Scratch { get; }

    /// <summary>An empty folder in it for a cluster, and whose that is.</summary>
    public ClusterPlace Place { get; }

    /// <summary>pgBackRest in it.</summary>
    public PgBackRestProgram Program { get; }

    /// <param name="engine">The engine.</param>
    /// <param name="origin">The container that pgBackRest is configured in; it need not run.</param>
    /// <param name="image">The image to run.</param>
    /// <param name="besides">What is mounted besides, and what of the origin's mounts otherwise than read-only.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<PgBackRestContainer> StartAsync(
        DockerEngine engine, ContainerDetails origin, string image, IReadOnlyList<ContainerVolume> besides, CancellationToken cancellationToken)
    {
        var data = ClusterInspection.DataDirectory(origin);
        var mounts = origin.Container.Volumes
            .Where(mount => mount.Kind != "tmpfs" && mount.Destination != data && !mount.Destination.StartsWith(Configuration, StringComparison.Ordinal)
                && !besides.Any(other => other.Destination == mount.Destination))
            .Select(mount => mount with { ReadOnly = true });
        var settings = origin.Environment.Where(pair => pair.Key.StartsWith("PGBACKREST_", StringComparison.Ordinal)).ToDictionary();
        using var configuration = await ReadConfigurationAsync(engine, origin.Container.Id!, cancellationToken).ConfigureAwait(false);
        var network = IsRemote(settings, configuration) ? origin.Networks.FirstOrDefault() ?? "bridge" : "none";
        var scratch = await ScratchContainer.StartAsync(engine, image, null, [.. besides, .. mounts], cancellationToken, network).ConfigureAwait(false);
        try
        {
            configuration.Position = 0;
            await engine.ExtractAsync(scratch.Id, "/etc", configuration, cancellationToken).ConfigureAwait(false);
            var user = await scratch.ShellAsync(
                """
                owner=$(stat -c %u:%g "$2/PG_VERSION" 2> /dev/null) || owner=$(id -u postgres):$(id -g postgres)
                mkdir -p "$1/data"; chmod 700 "$1/data"; chown -R "$owner" "$1"; echo "$owner"
                """,
                [Work, data], null, cancellationToken).ConfigureAwait(false);
            var place = new ClusterPlace(Work, $"{Work}/data", user.Trim());
            // What it says of a place is about the container whose configuration it uses.
            var here = await engine.InspectAsync(scratch.Id, cancellationToken).ConfigureAwait(false) with { Name = origin.Container.Name };
            var program = new PgBackRestProgram(new DockerProgramHost(engine, here, serverPort: 5432, place.User), settings);
            return new PgBackRestContainer(scratch, place, program);
        }
        catch
        {
            await scratch.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Has pgBackRest lay a backup out in an empty folder, and its tablespaces in another one beside.</summary>
    /// <param name="part">The backup.</param>
    /// <param name="place">Where.</param>
    /// <param name="without">A database whose files are left empty; null for none.</param>
    /// <param name="meter">Shows how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task LayAsync(PgBackRestPart part, ClusterPlace place, string? without, ProgressMeter meter, CancellationToken cancellationToken)
    {
        var tablespaces = $"{place.Work}/tablespaces";
        await Scratch.ShellAsync("mkdir -p \"$@\"; chmod 700 \"$@\"", [place.Directory, tablespaces], place.User, cancellationToken).ConfigureAwait(false);
        await Program.RestoreAsync(part, place.Directory, tablespaces, without, meter, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fetches a file of the archived log.</summary>
    /// <param name="stanza">The stanza.</param>
    /// <param name="directory">A folder of the cluster, by which pgBackRest sees whose log it is.</param>
    /// <param name="name">PostgreSQL's name of the file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Stream> FetchAsync(string stanza, string directory, string name, CancellationToken cancellationToken)
    {
        var path = $"{Work}/{name}";
        await Program.FetchLogAsync(stanza, directory, name, path, cancellationToken).ConfigureAwait(false);
        var content = TemporaryFiles.Create(".wal");
        try
        {
            var read = await Scratch.Engine.ExecAsync(Scratch.Id, ["cat", path], null, null, content, null, cancellationToken).ConfigureAwait(false);
            if (read.ExitCode != 0)
            {
                throw ScratchContainer.Failed(read, Scratch.Id);
            }

            await Scratch.ShellAsync("rm -f \"$1\"", [path], null, cancellationToken).ConfigureAwait(false);
            content.Position = 0;
            return content;
        }
        catch
        {
            await content.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Scratch.DisposeAsync();

    /// <summary>The configuration as a tar archive, whether it lies in the container or is mounted into it.</summary>
    private static async Task<Stream> ReadConfigurationAsync(DockerEngine engine, string containerId, CancellationToken cancellationToken)
    {
        var archive = new ContainerArchive(engine, containerId);
        var tar = new MemoryStream();
        if (!await archive.CopyAsync(Configuration, tar, cancellationToken).ConfigureAwait(false)
            && !await archive.CopyAsync(Configuration + ".conf", tar, cancellationToken).ConfigureAwait(false))
        {
            // All of it may be in the environment; two empty blocks are an empty archive.
            tar.SetLength(1024);
        }

        return tar;
    }

    /// <summary>Whether a repository is elsewhere than on a disk that is mounted: then the network is needed to read it.</summary>
    private static bool IsRemote(Dictionary<string, string> settings, Stream configuration)
    {
        configuration.Position = 0;
        using var text = new StreamReader(configuration, Encoding.Latin1, leaveOpen: true);
        return RemoteSetting().IsMatch(text.ReadToEnd())
            || settings.Any(pair => RemoteSetting().IsMatch($"{pair.Key["PGBACKREST_".Length..].Replace('_', '-').ToLowerInvariant()}={pair.Value}"));
    }

    [GeneratedRegex(@"^\s*repo\d*-(?:host\s*=\s*\S|type\s*=\s*(?!posix|cifs)\S)", RegexOptions.Multiline)]
    private static partial Regex RemoteSetting();
}
