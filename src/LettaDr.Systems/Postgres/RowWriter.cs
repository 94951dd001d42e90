using System.Buffers;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>Writes binary COPY streams into one table.</summary>
internal sealed class RowWriter(NpgsqlConnection connection, TableInventory table, Action<long> onBytes)
{
    private const int BufferSize = 256 * 1024;

    public async Task WriteAsync(IReadOnlyList<Func<Stream>> files, bool frozen, CancellationToken cancellationToken)
    {
        // The database is thrown away if this fails, and flushed by the swap's commit if it does not.
        await PostgresConnector.ExecuteAsync(connection, "SET synchronous_commit = off; BEGIN", cancellationToken).ConfigureAwait(false);
        if (frozen)
        {
            // COPY FREEZE wants a table truncated in its own transaction (PostgreSQL manual, COPY); it is empty anyway.
            await PostgresConnector.ExecuteAsync(connection, $"TRUNCATE ONLY {PostgresName.Of(table)}", cancellationToken).ConfigureAwait(false);
        }

        var command = $"COPY {PostgresName.Of(table)} ({PostgresName.Columns(table)}) FROM STDIN (FORMAT binary{(frozen ? ", FREEZE" : string.Empty)})";
        foreach (var open in files)
        {
            using var rows = open();
            await CopyAsync(command, rows, cancellationToken).ConfigureAwait(false);
        }

        await PostgresConnector.ExecuteAsync(connection, "COMMIT", cancellationToken).ConfigureAwait(false);
    }

    private async Task CopyAsync(string command, Stream rows, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var copy = await connection.BeginRawBinaryCopyAsync(command, cancellationToken).ConfigureAwait(false);
        try
        {
            int length;
            while ((length = rows.ReadAtLeast(buffer.AsSpan(0, BufferSize), BufferSize, throwOnEndOfStream: false)) > 0)
            {
                await copy.WriteAsync(buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
                onBytes(length);
            }
        }
        catch
        {
            await CancelAsync(copy).ConfigureAwait(false);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        await copy.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task CancelAsync(NpgsqlRawCopyStream copy)
    {
        try
        {
            await copy.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is NpgsqlException or IOException or ObjectDisposedException)
        {
            // The connection has failed already; what failed first is what is told.
        }
    }
}
