namespace LettaDr.Systems;

/// <summary>The longer queries, which stand beside this class, carried in the assembly.</summary>
internal static class ConsistencySql
{
    public static string ForeignKeys { get; } = Read("foreign-keys");

    public static string BTrees { get; } = Read("btrees");

    public static string Sequences { get; } = Read("sequences");

    public static string VectorColumns { get; } = Read("vector-columns");

    public static string VectorIndexes { get; } = Read("vector-indexes");

    public static string ReadableTables { get; } = Read("readable-tables");

    public static string VectorRepair { get; } = Read("vector-repair");

    private static string Read(string name) => EmbeddedSql.Read($"Consistency/{name}.sql");
}
