namespace LettaDr.Systems.Tests;

/// <summary>A server whose cluster is copied: it flushes as in earnest, and keeps account of what changes.</summary>
public sealed class ClusterServer : PostgresServer
{
    protected override IReadOnlyList<string> Settings => ["max_connections=200", "summarize_wal=on", "max_prepared_transactions=20"];
}
