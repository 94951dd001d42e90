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

    /// <summary>Where a throw-away container keeps a copy.</summary>
    public const string Directory = "/lettadr";

    /// <summary>Who owns the copy there, as a throw-away Redis must; nobody's number is in every image.</summary>
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
        var size = "cat \"$1\"/*.aof 2> /dev/null | wc -c";
        var before = appendOnly ? await SizeAsync().ConfigureAwait(false) : 0;
        IReadOnlyList<string> settings = appendOnly
            ? ["--appendonly", "yes", "--appenddirname", AppendOnlyFolder, "--appendfilename", file, "--dbfilename", SnapshotName]
            : ["--appendonly", "no", "--dbfilename", file];
        string version;
        var redis = await ScratchRedis.StartAsync(container, user, directory, settings, cancellationToken).ConfigureAwait(false);
        await using (redis.ConfigureAwait(false))
        {
            version = Field(await redis.CliAsync(cancellationToken, "INFO", "server").ConfigureAwait(false), "redis_version");
            if (appendOnly)
            {
                await redis.CliAsync(cancellationToken, "SAVE").ConfigureAwait(false);
            }
        }

        if (!appendOnly)
        {
            await container.ShellAsync("mv \"$1/$2\" \"$1/$3\"", [directory, file, SnapshotName], user, cancellationToken).ConfigureAwait(false);
        }

        var dump = await RedisDump.CheckAsync(container, user, $"{directory}/{SnapshotName}", cancellationToken).ConfigureAwait(false);
        return new RedisLoad(dump, appendOnly ? before - await SizeAsync().ConfigureAwait(false) : 0, version);

        async Task<long> SizeAsync() => long.Parse(
            (await container.ShellAsync(size, [$"{directory}/{AppendOnlyFolder}"], null, cancellationToken).ConfigureAwait(false)).Trim(), CultureInfo.InvariantCulture);
    }

    /// <summary>A field of INFO's text.</summary>
    public static string Field(string info, string name) =>
        info.Split('\n').Select(line => line.Trim().Split(':', 2)).Where(pair => pair[0] == name).Select(pair => pair[1]).FirstOrDefault(string.Empty);
}
