using System.Buffers;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>Writes binary COPY streams into one table, by blocking calls.</summary>
internal sealed class RowWriter(NpgsqlConnection connection, TableInventory table, Action<long> onBytes)
{
    private const int BufferSize = 256 * 1024;

    /// <summary>Writes all files in one transaction, and collects statistics of a whole table; returns the bytes written.</summary>
    public long Write(IReadOnlyList<Func<Stream>> files, bool frozen, CancellationToken cancellationToken)
    {
        // The database is thrown away if this fails, and flushed by the swap's commit if it does not.
        PostgresConnector.Execute(connection, "SET synchronous_commit = off; BEGIN");
        if (frozen)
        {
            // COPY FREEZE wants a table truncated in its own transaction (PostgreSQL manual, COPY); it is empty anyway.
            PostgresConnector.Execute(connection, $"TRUNCATE ONLY {PostgresName.Of(table)}");
        }

        var command = $"COPY {PostgresName.Of(table)} ({PostgresName.Columns(table)}) FROM STDIN (FORMAT binary{(frozen ? ", FREEZE" : string.Empty)})";
        var written = 0L;
        foreach (var open in files)
        {
            using var rows = open();
            written += Copy(command, rows, cancellationToken);
        }

        PostgresConnector.Execute(connection, "COMMIT");
        if (frozen)
        {
            // Now, while the other connection waits for the disk, and before foreign keys are checked, which are planned by it.
            PostgresConnector.Execute(connection, "ANALYZE " + PostgresName.Of(table));
        }

        return written;
    }

    private long Copy(string command, Stream rows, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var copy = connection.BeginRawBinaryCopy(command);
        var written = 0L;
        try
        {
            int length;
            while ((length = rows.ReadAtLeast(buffer.AsSpan(0, BufferSize), BufferSize, throwOnEndOfStream: false)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                copy.Write(buffer.AsSpan(0, length));
                written += length;
                onBytes(length);
            }
        }
        catch
        {
            Cancel(copy);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        copy.Dispose();
        return written;
    }

    private static void Cancel(NpgsqlRawCopyStream copy)
    {
        try
        {
            copy.Cancel();
        }
        catch (Exception gone) when (gone is NpgsqlException or IOException or ObjectDisposedException)
        {
            // The connection has failed already; what failed first is what is told.
        }
    }
}
