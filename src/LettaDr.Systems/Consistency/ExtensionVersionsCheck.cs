namespace LettaDr.Systems;

/// <summary>The server can load every extension installed, and pgvector's objects are of its library's version.</summary>
internal sealed class ExtensionVersionsCheck : IDatabaseCheck
{
    private const string Query = """
        SELECT e.extname, e.extversion, a.default_version
        FROM pg_catalog.pg_extension AS e LEFT JOIN pg_catalog.pg_available_extensions AS a ON a.name = e.extname
        ORDER BY e.extname
        """;

    /// <inheritdoc/>
    public string Name => "ExtensionVersions";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        var extensions = await session.QueryAsync(
            Query, row => (Name: row.GetString(0), Installed: row.GetString(1), Available: row.IsDBNull(2) ? null : row.GetString(2)),
            cancellationToken).ConfigureAwait(false);
        var lost = extensions.Where(extension => extension.Available is null).Select(extension => extension.Name).ToList();
        if (lost.Count > 0)
        {
            return Check.Failed(
                $"Installed in the database, but not on the server: {Examples.List(lost)}.",
                "Run the database in an image that has the extension, or install its package.");
        }

        var vector = extensions.FirstOrDefault(extension => extension.Name == "vector");
        return vector.Name is null
            ? Check.Failed("The extension vector is not installed; Letta's passages need it.", "Restore the database: with the extension, its columns went.")
            : vector.Installed != vector.Available
                ? Check.Failed(
                    $"pgvector's objects are of version {vector.Installed}, the server's library of {vector.Available}.",
                    "ALTER EXTENSION vector UPDATE; if the server is the older of the two, go back to the image that the database came from.")
                : Check.Passed(string.Join(", ", extensions.Select(extension => $"{extension.Name} {extension.Installed}")) + ".");
    }
}
