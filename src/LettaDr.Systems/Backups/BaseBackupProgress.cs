using Npgsql;

namespace LettaDr.Systems;

/// <summary>Tells how far pg_basebackup has come, which writes where nobody counts: the server knows.</summary>
internal sealed class BaseBackupProgress(NpgsqlConnection connection, string applicationName)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Until the copying has ended, however it does.</summary>
    /// <param name="copying">The copying.</param>
    /// <param name="onBytes">Called with the bytes that the server has sent since the last call.</param>
    public async Task FollowAsync(Task copying, Action<long> onBytes)
    {
        var sql = $"""
            SELECT coalesce(pg_catalog.sum(p.backup_streamed), 0)::int8
            FROM pg_catalog.pg_stat_progress_basebackup AS p JOIN pg_catalog.pg_stat_activity AS a ON a.pid = p.pid
            WHERE a.application_name = {PostgresName.Literal(applicationName)}
            """;
        var told = 0L;
        while (await Task.WhenAny(copying, Task.Delay(Pause)).ConfigureAwait(false) != copying)
        {
            try
            {
                var streamed = await PostgresConnector.ScalarAsync<long>(connection, sql, CancellationToken.None).ConfigureAwait(false);
                onBytes(Math.Max(0, streamed - told));
                told = Math.Max(told, streamed);
            }
            catch (NpgsqlException)
            {
                // The server went away; pg_basebackup is about to say so.
                return;
            }
        }
    }
}
