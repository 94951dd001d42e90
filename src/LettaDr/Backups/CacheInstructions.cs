using System.Text;

namespace LettaDr;

/// <summary>Writes the section on how to restore Redis's files by hand.</summary>
internal static class CacheInstructions
{
    public static string Write(CachePart part)
    {
        var text = new StringBuilder();
        text.AppendLine($"""
            The cache: Redis {part.RedisVersion} as of {part.SnapshotTime:u}, {part.Keys} keys; image {part.Image ?? "not recorded"} {part.ImageDigest}

            It is derived from the database. Letta also starts with an empty Redis: streams of runs in the background are lost then, cached texts and locks.
            Stop Redis first: it writes its files when it ends. Keep its old files; the paths below are those of its data directory (/data).
            """);
        if (part.AppendOnly)
        {
            text.AppendLine($"""
                1. Put these files into the folder appendonlydir (CONFIG appenddirname), in place of all that is there:
                     cp {string.Join(' ', part.Files)} /data/appendonlydir/
                2. Give folder and files to the user that Redis runs as (999:999 in the usual image).
                3. Start Redis with: --appendonly yes --appendfilename {Path.GetFileNameWithoutExtension(part.Files[^1])}
                """);
        }
        else
        {
            text.AppendLine($"""
                1. Put the snapshot in the place of dump.rdb (CONFIG dbfilename), and move the folder appendonlydir away if there is one:
                     cp {part.Files[0]} /data/dump.rdb
                2. Give it to the user that Redis runs as (999:999 in the usual image).
                3. Start Redis with --appendonly no: with the append-only file on, it ignores the snapshot and starts empty.
                4. Where it is to be on, then: redis-cli CONFIG SET appendonly yes
                   Wait until redis-cli INFO persistence says aof_rewrite_in_progress:0. Only then start Redis with --appendonly yes.
                """);
        }

        text.AppendLine($"Then redis-cli INFO keyspace counts {part.Keys} keys, less those of {part.ExpiringKeys} that have expired since.");
        return text.ToString();
    }
}
