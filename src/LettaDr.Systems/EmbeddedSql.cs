namespace LettaDr.Systems;

/// <summary>The SQL files that stand beside the classes that run them, carried in the assembly.</summary>
internal static class EmbeddedSql
{
    /// <summary>The text of one of the files.</summary>
    /// <param name="path">Its path below this project, with slashes, e.g. <c>Postgres/Sql/tables.sql</c>.</param>
    public static string Read(string path)
    {
        var resource = $"{typeof(EmbeddedSql).Namespace}.{path.Replace('/', '.')}";
        using var stream = typeof(EmbeddedSql).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly does not carry {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
