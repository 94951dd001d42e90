namespace LettaDr.Systems.Tests;

/// <summary>A server whose cluster is copied: it flushes as in earnest, and keeps account of what changes.</summary>
public sealed class ClusterServer : PostgresServer
{
    // What autovacuum changes of one test's tables, an incremental copy of the next one's has.
    protected override IReadOnlyList<string> Settings =>
        ["max_connections=200", "summarize_wal=on", "max_prepared_transactions=20", "autovacuum=off"];
}
