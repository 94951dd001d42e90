using System.Globalization;
using System.Text.RegularExpressions;

namespace LettaDr.Systems;

/// <summary>
/// Checks the pages of a server that does not run, by pg_checksums in a throw-away container of the same image, which mounts the
/// same volumes to read only. The server itself is never started: its own recovery would write to what may be the only copy.
/// </summary>
internal sealed partial class OfflineChecksums
{
    private const string DefaultData = "/var/lib/postgresql/data";
    private const string DatabaseUser = "postgres";
    private const string Check = "LC_ALL=C pg_checksums --check -D \"$1\" 2>&1 || true";

    /// <summary>Blocks checked; null when pg_checksums refused.</summary>
    public long? Blocks { get; private init; }

    /// <summary>Blocks with a wrong checksum.</summary>
    public long Bad { get; private init; }

    /// <summary>Relation files with such blocks.</summary>
    public IReadOnlyList<DamagedRelation> Damaged { get; private init; } = [];

    /// <summary>What pg_checksums wrote when it refused.</summary>
    public string? Refusal { get; private init; }

    /// <summary>Whether a database's server is in a container here that does not run.</summary>
    public static bool Apply(DatabaseEndpoint endpoint) => endpoint.Container is { Id: not null, State: "exited" or "created" or "dead" };

    /// <exception cref="LettaDrException">The container's data lies in no volume, or its image is not there.</exception>
    public static async Task<OfflineChecksums> RunAsync(DatabaseEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var details = await engine.DescribeAsync(endpoint.Container!.Id!, cancellationToken).ConfigureAwait(false);
        var container = details.Container;
        if (!Apply(endpoint with { Container = container }))
        {
            throw new LettaDrException(
                "ContainerRuns", FaultKind.Busy, $"The container {container.Name} is {container.State} meanwhile: pg_checksums reads a stopped server only.",
                "Run the check again, or stop the container if it restarts over and over.", container.Name);
        }

        var data = details.Environment.GetValueOrDefault("PGDATA") is { Length: > 0 } set ? set.TrimEnd('/') : DefaultData;
        var volumes = container.Volumes.Where(volume => volume.Kind != "tmpfs").Select(volume => volume with { ReadOnly = true }).ToList();
        if (!volumes.Exists(volume => data == volume.Destination.TrimEnd('/') || data.StartsWith(volume.Destination.TrimEnd('/') + "/", StringComparison.Ordinal)))
        {
            throw new LettaDrException(
                "DataNotInVolume", FaultKind.NotFound, $"The data directory {data} of the container {container.Name} lies in none of its volumes, so no other container can read it.",
                "Copy it out with 'docker cp', and run pg_checksums --check on the copy.", container.Name);
        }

        await using var scratch = await ScratchContainer.StartAsync(
            engine, container.ImageDigest ?? container.Image!, null, volumes, cancellationToken).ConfigureAwait(false);
        var text = await scratch.ShellAsync(Check, [data], DatabaseUser, cancellationToken).ConfigureAwait(false);
        if (Number(Scanned(), text) is not { } blocks)
        {
            return new OfflineChecksums { Refusal = string.Join(" ", text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) };
        }

        var bad = Number(Wrong(), text) ?? 0;
        var names = bad == 0 ? [] : await NamesAsync(scratch, data, endpoint.Database, cancellationToken).ConfigureAwait(false);
        return new OfflineChecksums { Blocks = blocks, Bad = bad, Damaged = Group(text, data, names) };
    }

    private static IReadOnlyList<DamagedRelation> Group(string text, string data, Dictionary<string, (string Kind, string Name)> names) =>
        [.. Failed().Matches(text)
            .Select(match => (File: match.Groups[1].Value[(data.Length + 1)..], Block: match.Groups[2].Value))
            .GroupBy(found => found.File, StringComparer.Ordinal)
            .OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file =>
            {
                var known = names.TryGetValue(Suffix().Replace(file.Key, string.Empty), out var relation);
                var blocks = file.Select(found => found.Block).ToList();
                return new DamagedRelation(
                    known ? relation.Name : file.Key, known && relation.Kind == "i",
                    $"{Examples.Count(blocks.Count, "bad block")} in {file.Key}: {Examples.List(blocks)}");
            })];

    /// <summary>Which relation a file belongs to; none where the catalogue is too damaged to be asked.</summary>
    private static async Task<Dictionary<string, (string Kind, string Name)>> NamesAsync(
        ScratchContainer scratch, string data, string database, CancellationToken cancellationToken)
    {
        try
        {
            var text = await scratch.ShellAsync(EmbeddedSql.Read("Consistency/relation-names.sh"), [data, database], DatabaseUser, cancellationToken).ConfigureAwait(false);
            return Named().Matches(text).DistinctBy(match => match.Groups[1].Value).ToDictionary(
                match => match.Groups[1].Value, match => (match.Groups[2].Value, match.Groups[3].Value), StringComparer.Ordinal);
        }
        catch (LettaDrException unreadable) when (unreadable.Id == "ScratchContainerFailed")
        {
            return [];
        }
    }

    private static long? Number(Regex pattern, string text) =>
        pattern.Match(text) is { Success: true } match ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^Blocks scanned:\s*(\d+)", RegexOptions.Multiline)]
    private static partial Regex Scanned();

    [GeneratedRegex(@"^Bad checksums:\s*(\d+)", RegexOptions.Multiline)]
    private static partial Regex Wrong();

    [GeneratedRegex("checksum verification failed in file \"([^\"]+)\", block (\\d+)")]
    private static partial Regex Failed();

    [GeneratedRegex("lettadr\\|([^|]+)\\|(.)\\|(.*)\"\\t\\(typeid")]
    private static partial Regex Named();

    // base/5/16384.1, base/5/16384_vm
    [GeneratedRegex("(_[a-z]+)?(\\.[0-9]+)?$")]
    private static partial Regex Suffix();
}
