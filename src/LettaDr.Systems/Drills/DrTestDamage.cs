using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Damages a file of a copy's database.</summary>
internal sealed class DrTestDamage(DrTestCopy copy)
{
    // The upper byte of pd_upper in the page's header, where it cannot be right: found with page checksums and without.
    private const int Offset = 15;

    /// <summary>Flips a byte in the first page of a table, while the server is stopped, and starts it again.</summary>
    public async Task FlipAsync(string table, CancellationToken cancellationToken)
    {
        var database = (await copy.Members.CurrentAsync(cancellationToken).ConfigureAwait(false)).Database;
        string file;
        string folder;
        await using (var connection = await new PostgresConnector(database, OperationId.Next()).OpenAsync(null, cancellationToken).ConfigureAwait(false))
        {
            await PostgresConnector.ExecuteAsync(connection, "CHECKPOINT", cancellationToken).ConfigureAwait(false);
            file = (await PostgresConnector.ScalarAsync<string>(
                connection, $"SELECT pg_relation_filepath({PostgresName.Literal(table)}::regclass)", cancellationToken).ConfigureAwait(false))!;
            folder = (await PostgresConnector.ScalarAsync<string>(connection, "SELECT current_setting('data_directory')", cancellationToken).ConfigureAwait(false))!;
        }

        var container = database.Container!;
        await copy.Engine.Containers.StopAsync(container.Id!, TimeSpan.FromMinutes(1), cancellationToken).ConfigureAwait(false);
        await using (var scratch = await ScratchContainer.StartAsync(copy.Engine, container.Image!, null, container.Volumes, cancellationToken).ConfigureAwait(false))
        {
            await scratch.ShellAsync(
                """
                byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
                printf "\\$(printf '%03o' $((byte ^ 85)))" | dd of="$1" bs=1 seek="$2" conv=notrunc 2> /dev/null
                """,
                [$"{folder}/{file}", Offset.ToString(CultureInfo.InvariantCulture)], null, cancellationToken).ConfigureAwait(false);
        }

        await copy.StartAsync(RecoveryComponent.Database, cancellationToken).ConfigureAwait(false);
        await new SandboxReadiness(copy.Engine).CommandAsync(container.Id!, ["pg_isready", "-q", "-h", "127.0.0.1", "-U", "letta"], cancellationToken).ConfigureAwait(false);
    }
}
