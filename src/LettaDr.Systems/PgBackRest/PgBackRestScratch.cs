using System.Text;
using System.Text.RegularExpressions;

namespace LettaDr.Systems;

/// <summary>
/// A throw-away container that sees what the database's own container sees of pgBackRest: its configuration, and its repositories, which
/// it cannot write to. So nothing that is recovered in it can reach the stanza.
/// </summary>
internal sealed partial class PgBackRestScratch : IAsyncDisposable
{
    private const string Work = "/var/lib/lettadr";
    private const string Tablespaces = Work + "/tablespaces";
    private const string Configuration = "/etc/pgbackrest";
    private const string DefaultData = "/var/lib/postgresql/data";

    private readonly PgBackRestPart _part;
    private readonly PgBackRestProgram _program;

    private PgBackRestScratch(PgBackRestPart part, ScratchContainer container, ClusterPlace place, PgBackRestProgram program) =>
        (_part, Container, Place, _program) = (part, container, place, program);

    public ScratchContainer Container { get; }

    /// <summary>Where the backup is laid out.</summary>
    public ClusterPlace Place { get; }

    /// <param name="engine">The engine.</param>
    /// <param name="part">The backup.</param>
    /// <param name="image">The image to recover with.</param>
    /// <param name="exchange">What is mounted besides.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="LettaDrException">The container of the backup is not there, so that nobody knows pgBackRest's configuration.</exception>
    public static async Task<PgBackRestScratch> StartAsync(
        DockerEngine engine, PgBackRestPart part, string image, ContainerVolume exchange, CancellationToken cancellationToken)
    {
        var origin = await engine.DescribeAsync(part.Container!, cancellationToken).ConfigureAwait(false);
        var data = origin.Environment.GetValueOrDefault("PGDATA") is { Length: > 0 } set ? set.TrimEnd('/') : DefaultData;
        var mounts = origin.Container.Volumes
            .Where(mount => mount.Kind != "tmpfs" && mount.Destination != data && !mount.Destination.StartsWith(Configuration, StringComparison.Ordinal))
            .Select(mount => mount with { ReadOnly = true });
        var settings = origin.Environment.Where(pair => pair.Key.StartsWith("PGBACKREST_", StringComparison.Ordinal)).ToDictionary();
        using var configuration = await ReadConfigurationAsync(engine, origin.Container.Id!, cancellationToken).ConfigureAwait(false);
        var network = IsRemote(settings, configuration) ? origin.Networks.FirstOrDefault() ?? "bridge" : "none";
        var container = await ScratchContainer.StartAsync(engine, image, null, [exchange, .. mounts], cancellationToken, network).ConfigureAwait(false);
        try
        {
            configuration.Position = 0;
            await engine.ExtractAsync(container.Id, "/etc", configuration, cancellationToken).ConfigureAwait(false);
            var user = await container.ShellAsync(
                "mkdir -p \"$1/data\" \"$2\"; chmod 700 \"$1/data\"; chown -R postgres \"$1\"; echo \"$(id -u postgres):$(id -g postgres)\"", [Work, Tablespaces], null, cancellationToken).ConfigureAwait(false);
            var place = new ClusterPlace(Work, $"{Work}/data", user.Trim());
            var here = await engine.InspectAsync(container.Id, cancellationToken).ConfigureAwait(false);
            var program = new PgBackRestProgram(new DockerProgramHost(engine, here, serverPort: 5432, place.User), settings);
            return new PgBackRestScratch(part, container, place, program);
        }
        catch
        {
            await container.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Has pgBackRest lay the backup out.</summary>
    public Task RestoreAsync(ProgressMeter meter, CancellationToken cancellationToken)
    {
        meter.Stage("pgBackRest lays the backup out", _part.Bytes);
        return _program.RestoreAsync(_part, Place.Directory, Tablespaces, meter, cancellationToken);
    }

    /// <summary>The archived log from the backup's beginning to the position of its fingerprints, fetched by pgBackRest as it is needed.</summary>
    public async Task<RecoveryLog> LogAsync(CancellationToken cancellationToken)
    {
        var control = await Container.ShellAsync("LC_ALL=C pg_controldata -D \"$1\"", [Place.Directory], Place.User, cancellationToken).ConfigureAwait(false);
        var size = int.Parse(ControlData.Value(control, "Bytes per WAL segment"), System.Globalization.CultureInfo.InvariantCulture);
        var last = WalSegment.At(_part.Timeline, new Lsn(_part.ThroughLsn!.Value.Value - 1), size);
        var names = new List<string>();
        for (var segment = WalSegment.At(_part.Timeline, _part.StartLsn!.Value, size); segment.Number <= last.Number; segment = segment with { Number = segment.Number + 1 })
        {
            names.Add(segment.Name);
        }

        return new RecoveryLog(names, size, new Dictionary<string, string>(), name => FetchAsync(name, cancellationToken).GetAwaiter().GetResult());
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Container.DisposeAsync();

    private async Task<Stream> FetchAsync(string name, CancellationToken cancellationToken)
    {
        var path = $"{Work}/{name}";
        await _program.FetchLogAsync(_part.Stanza, Place.Directory, name, path, cancellationToken).ConfigureAwait(false);
        var content = TemporaryFiles.Create(".wal");
        try
        {
            var read = await Container.Engine.ExecAsync(Container.Id, ["cat", path], null, null, content, null, cancellationToken).ConfigureAwait(false);
            if (read.ExitCode != 0)
            {
                throw ScratchContainer.Failed(read, Container.Id);
            }

            await Container.ShellAsync("rm -f \"$1\"", [path], null, cancellationToken).ConfigureAwait(false);
            content.Position = 0;
            return content;
        }
        catch
        {
            await content.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

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
