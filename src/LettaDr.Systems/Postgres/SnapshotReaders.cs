using System.Collections.Concurrent;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>The connections that read in one exported snapshot, besides the one that exported it and holds the locks.</summary>
internal sealed class SnapshotReaders(PostgresConnector connector, NpgsqlConnection control, string snapshot, string? lockStatement)
    : IAsyncDisposable
{
    private readonly ConcurrentBag<NpgsqlConnection> _idle = [];
    private readonly SemaphoreSlim _controlFree = new(1, 1);

    /// <summary>Reads with a connection that nobody else uses meanwhile.</summary>
    public async Task<T> UseAsync<T>(Func<NpgsqlConnection, T> read, CancellationToken cancellationToken)
    {
        var locked = _idle.TryTake(out var idle);
        try
        {
            var (result, connection) = await connector.StreamAsync(
                null,
                idle,
                reader =>
                {
                    if (!locked)
                    {
                        Begin(reader);
                        locked = true;
                    }

                    return read(reader);
                },
                cancellationToken).ConfigureAwait(false);
            _idle.Add(connection);
            return result;
        }
        catch (PostgresException contended) when (!locked && contended.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return await UseControlAsync(read, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _idle)
        {
            await reader.DisposeAsync().ConfigureAwait(false);
        }

        _controlFree.Dispose();
    }

    /// <summary>
    /// Gives a new reader locks of its own, or none when another session queues for a stronger one. To wait behind that would be for
    /// ever: it waits for the control connection, which waits for its readers, and the server sees no deadlock in that.
    /// </summary>
    private void Begin(NpgsqlConnection reader)
    {
        PostgresConnector.Execute(
            reader, $"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT {PostgresName.Literal(snapshot)}");
        if (lockStatement is not null)
        {
            PostgresConnector.Execute(reader, lockStatement + " NOWAIT");
        }
    }

    /// <summary>Reads with the connection that has its locks since before the snapshot, one reader after another.</summary>
    private async Task<T> UseControlAsync<T>(Func<NpgsqlConnection, T> read, CancellationToken cancellationToken)
    {
        await _controlFree.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return (await connector.StreamAsync(null, control, read, cancellationToken).ConfigureAwait(false)).Result;
        }
        finally
        {
            _controlFree.Release();
        }
    }
}
