namespace LettaDr.Tests;

/// <summary>What pgBackRest 2.55.1 wrote, word for word.</summary>
internal static class PgBackRestSample
{
    public static byte[] Read(string name)
    {
        using var resource = typeof(PgBackRestSample).Assembly.GetManifestResourceStream("pgbackrest/" + name)!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static string Text(string name) => System.Text.Encoding.UTF8.GetString(Read(name));
}
