using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Makes, from a set, the files that a Redis is to start with: a snapshot and append-only files of the same keys.</summary>
/// <remarks>
/// Redis reads the one or the other, as its command says, and with the append-only file on it ignores a snapshot and starts empty.
/// So both are laid out. What Redis's manual does by hand on the live server (start without the append-only file, load the snapshot,
/// switch it on, wait for the rewrite) a throw-away Redis does here.
/// </remarks>
internal sealed class RedisStaging(ScratchContainer worker, string owner, string directory, RedisFileNames names)
{
    private const int OldestMajor = 7;

    public async Task<CacheLoad> RunAsync(CachePart part, Func<string, Stream> open, CancellationToken cancellationToken)
    {
        var set = $"{directory}/set";
        await worker.ShellAsync("mkdir -p \"$1\"; chown \"$2\" \"$1\"", [$"{set}/{RedisLoad.AppendOnlyFolder}", owner], null, cancellationToken).ConfigureAwait(false);
        foreach (var name in part.Files)
        {
            using var content = open(name);
            var folder = part.AppendOnly ? $"{set}/{RedisLoad.AppendOnlyFolder}" : set;
            await worker.WriteAsync($"{folder}/{FileName(name)}", content, owner, cancellationToken).ConfigureAwait(false);
        }

        var main = FileName(part.Files[^1]);
        var load = await RedisLoad.RunAsync(
            worker, owner, set, part.AppendOnly ? Path.GetFileNameWithoutExtension(main) : main, part.AppendOnly, cancellationToken).ConfigureAwait(false);
        Require(part, load);
        await worker.ShellAsync(
            "mv \"$1/$2\" \"$3\"; rm -rf \"$1\"", [set, RedisLoad.SnapshotName, $"{directory}/{names.Snapshot}"], null, cancellationToken).ConfigureAwait(false);
        await RewriteAsync(load.Dump.Keys, cancellationToken).ConfigureAwait(false);
        return new CacheLoad(load.Dump.Keys, load.Dump.Expired, load.TruncatedBytes, part.Bytes, load.Version);
    }

    /// <summary>Has append-only files made from the snapshot, and sees that they hold as many keys.</summary>
    private async Task RewriteAsync(long keys, CancellationToken cancellationToken)
    {
        var text = await ScratchRedis.RunAsync(
            worker, owner, directory,
            ["--appendonly", "no", "--dbfilename", names.Snapshot, "--appenddirname", names.AppendOnlyFolder, "--appendfilename", names.AppendOnlyName],
            string.Empty,
            $$"""
            cli CONFIG SET appendonly yes > /dev/null
            while info=$(cli INFO persistence); echo "$info" | grep -q -e '^aof_rewrite_in_progress:1' -e '^aof_rewrite_scheduled:1'; do sleep 0.05; done
            echo "$info"
            end
            sync
            redis-check-rdb {{ScratchRedis.Quoted(names.AppendOnlyFolder)}}/*.base.rdb
            """,
            cancellationToken).ConfigureAwait(false);
        if (RedisLoad.Field(text, "aof_last_bgrewrite_status") != "ok" || RedisLoad.Field(text, "aof_enabled") != "1")
        {
            throw NotWritten("Redis could not write them");
        }

        var dump = RedisDump.Parse(text);
        if (dump.Keys != keys)
        {
            throw NotWritten($"they hold {dump.Keys} keys instead of {keys}");
        }
    }

    private static void Require(CachePart part, RedisLoad load)
    {
        if (!int.TryParse(load.Version.Split('.')[0], CultureInfo.InvariantCulture, out var major) || major < OldestMajor)
        {
            throw new LettaDrException(
                "CacheTooOld", FaultKind.Incompatible, $"The deployment's Redis is version {load.Version}, and a cache is restored to Redis {OldestMajor} or later.",
                "Restore to a newer image, or by hand as the set's RESTORE.txt says.", load.Version);
        }

        if (load.Dump.Keys != part.Keys || load.Dump.Expiring != part.ExpiringKeys)
        {
            throw new LettaDrException(
                "CacheNotIdentical", FaultKind.DataCorrupt,
                $"The set's files hold {load.Dump.Keys} keys ({load.Dump.Expiring} expire), and its manifest says {part.Keys} ({part.ExpiringKeys}).",
                "Redis was not touched. Use another set (Get-LettaBackup lists them).", part);
        }
    }

    private static LettaDrException NotWritten(string why) => new(
        "CacheStagingFailed", FaultKind.OperationFailed, $"Append-only files could not be made from the set: {why}.",
        "Redis was not touched. See that its volume has space to spare, and run the command again.");

    private static string FileName(string name) => name[(name.LastIndexOf('/') + 1)..];
}
