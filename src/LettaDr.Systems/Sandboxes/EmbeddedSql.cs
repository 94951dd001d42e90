namespace LettaDr.Systems;

/// <summary>The SQL files that stand beside this class, carried in the assembly.</summary>
internal static class EmbeddedSql
{
    internal const string Init = "letta-init.sql";
    internal const string Schema = "letta-schema.sql";
    internal const string Seed = "letta-seed.sql";
    internal const string SeedLinks = "letta-seed-links.sql";

    /// <summary>The text of one of the files.</summary>
    internal static string Read(string fileName)
    {
        var resource = $"{typeof(EmbeddedSql).Namespace}.Sandboxes.{fileName}";
        using var stream = typeof(EmbeddedSql).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly does not carry {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
