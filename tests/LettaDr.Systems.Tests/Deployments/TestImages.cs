namespace LettaDr.Systems.Tests;

internal static class TestImages
{
    public const string Postgres = "pgvector/pgvector:pg17";
    public const string PgBackRest = "lettadr/postgres-pgbackrest:17";
    public const string Redis = "redis:8";
    public const string Server = "lettadr/letta-stand-in:1";
}
