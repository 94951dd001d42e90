using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Redis's files as a throw-away Redis loads them.</summary>
/// <param name="Dump">What they hold.</param>
/// <param name="TruncatedBytes">Bytes of an unfinished command at the end, which Redis has cut off.</param>
/// <param name="Version">The version of that Redis.</param>
internal sealed record RedisLoad(RedisDump Dump, long TruncatedBytes, string Version)
{
    /// <summary>The name of the snapshot that <see cref="RunAsync"/> leaves beside the files.</summary>
    public const string SnapshotName = "lettadr.rdb";

    /// <summary>The folder below the data directory in which append-only files are expected.</summary>
    public const string AppendOnlyFolder = "appendonlydir";

    /// <summary>Where a throw-away container keeps a copy: where anybody may make a folder.</summary>
    public const string Directory = "/tmp/lettadr";

    /// <summary>Who owns the copy there, user and group, as a throw-away Redis must; nobody's number is in every image.</summary>
    public const int UserNumber = 65534;

    /// <summary>The same, as programs are run.</summary>
    public const string User = "65534:65534";

    /// <summary>Loads the files and saves what was loaded as a snapshot, whose keys are counted.</summary>
    /// <param name="container">Where they are.</param>
    /// <param name="user">The owner of the directory, by numbers.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="file">The snapshot's name, or the name of the append-only files without <c>.manifest</c>.</param>
    /// <param name="appendOnly">Which of both.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<RedisLoad> RunAsync(
        ScratchContainer container, string user, string directory, string file, bool appendOnly, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> settings = appendOnly
            ? ["--appendonly", "yes", "--appenddirname", AppendOnlyFolder, "--appendfilename", file, "--dbfilename", SnapshotName]
            : ["--appendonly", "no", "--dbfilename", file];
        var text = await ScratchRedis.RunAsync(
            container, user, directory, settings,
            $"size() {{ cat {AppendOnlyFolder}/*.aof 2> /dev/null | wc -c; }}; before=$(size)",
            $"""
            cli INFO server
            {(appendOnly ? "cli SAVE > /dev/null; end" : $"end; mv {ScratchRedis.Quoted(file)} {SnapshotName}")}
            echo "lettadr_truncated:$((before - $(size)))"
            redis-check-rdb {SnapshotName}
            """,
            cancellationToken).ConfigureAwait(false);
        return new RedisLoad(
            RedisDump.Parse(text), long.Parse(Field(text, "lettadr_truncated"), CultureInfo.InvariantCulture), Field(text, "redis_version"));
    }

    /// <summary>A field of INFO's text.</summary>
    public static string Field(string info, string name) =>
        info.Split('\n').Select(line => line.Trim().Split(':', 2)).Where(pair => pair[0] == name).Select(pair => pair[1]).FirstOrDefault(string.Empty);
}
