using Npgsql;

namespace LettaDr.Systems;

/// <summary>The log of a running server, as far as it is on its disk, read through a connection that nobody else uses.</summary>
internal sealed class ServerLog(NpgsqlConnection connection, string location, string systemIdentifier, WalSegment first) : IWalArchive
{
    public string Location => location;

    public string SystemIdentifier => systemIdentifier;

    public IReadOnlyList<WalFile> Files()
    {
        var last = WalSegment.At(first.Timeline, Flushed(connection), first.Size).Number;
        var files = new List<WalFile>();
        for (var number = first.Number; number <= last; number++)
        {
            var segment = first with { Number = number };
            files.Add(new WalFile(segment, segment.Name, segment.Size, number == last, DateTimeOffset.UtcNow));
        }

        return files;
    }

    public IReadOnlyList<TimelineHistory> Histories() => [];

    public Stream OpenContent(WalFile file) => new ServerLogStream(connection, file.Segment);

    /// <summary>How far the log is on the server's disk.</summary>
    public static Lsn Flushed(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT pg_catalog.pg_current_wal_flush_lsn()::text", connection);
        return Lsn.Parse((string)command.ExecuteScalar()!);
    }
}
