using System.Globalization;
using System.Text;

namespace LettaDr;

/// <summary>Writes the page that tells how to restore a set by hand, for the day when LettaDr itself is lost.</summary>
internal static class RestoreInstructions
{
    /// <summary>The whole page: how to see that the set is whole, then each part's section.</summary>
    public static string Join(BackupManifest manifest, IEnumerable<BackupFile> files, IEnumerable<string> sections)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Backup set {manifest.Id} of {manifest.Deployment}: {manifest.Parts} as of {manifest.SnapshotTime:u}");
        text.AppendLine("Run everything in this folder. First see that every file is what was written (manifest.json lists size and SHA-256 of each):");
        foreach (var file in files.Where(file => file.Name != BackupManifest.InstructionsFileName).OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"     echo '{file.Sha256}  {file.Name}' | sha256sum -c -");
        }

        foreach (var section in sections)
        {
            text.AppendLine().AppendLine(section);
        }

        return text.ToString();
    }

    /// <summary>The database's section.</summary>
    public static string OfDatabase(DatabasePart part, DatabaseInventory inventory)
    {
        var database = inventory.Database;
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            THE DATABASE {database.Name} as of {part.SnapshotTime:u}
            Server: PostgreSQL {database.ServerVersion}; image {part.Image ?? "not recorded"} {part.ImageDigest}
            Letta: schema revision {part.AlembicRevision ?? "not found"}; image {part.ServerImage ?? "not recorded"} {part.ServerImageDigest}

            To restore without LettaDr you need psql and pg_restore of PostgreSQL {database.ServerVersionNumber / 10000} or later, and zstd.
            The archive may be compressed with zstd, which pg_restore of PostgreSQL 16 and later reads where it was built with it.
            Stop Letta first, and do not start it before the last step: it migrates whatever database it finds.
            Connect as a superuser of the server.
            """);
        text.AppendLine().AppendLine("1. Roles that must exist (create those that are missing; passwords are not in the set):");
        foreach (var role in inventory.Roles)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"     {PostgresName.Quote(role.Name)}{(role.CanLogin ? " LOGIN" : string.Empty)}");
        }

        text.AppendLine().AppendLine("2. An empty database, created in psql while connected to database postgres:");
        text.AppendLine(CultureInfo.InvariantCulture, $"     {DatabaseCreation.Statement(database, database.Name, database.Owner)};");
        foreach (var setting in inventory.Settings)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"     {DatabaseCreation.SettingStatement(setting, database.Name)};");
        }

        foreach (var statement in DatabaseCreation.PrivilegeStatements(database, database.Name))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"     {statement};");
        }

        if (database.ConnectionLimit >= 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"     ALTER DATABASE {PostgresName.Quote(database.Name)} CONNECTION LIMIT {database.ConnectionLimit};");
        }

        text.AppendLine().AppendLine("3. Tables, without indexes and foreign keys (then the rows that are in the archive):");
        var connect = $"-d {ShellQuote(database.Name)}";
        if (!inventory.Objects.Any(item => item is { Kind: "schema", Identity: "public" }))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"     psql {connect} -c 'DROP SCHEMA public'");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"     pg_restore --exit-on-error --section=pre-data {connect} {DatabasePart.ArchiveFileName}");
        text.AppendLine(CultureInfo.InvariantCulture, $"     pg_restore --exit-on-error --section=data {connect} {DatabasePart.ArchiveFileName}");

        text.AppendLine().AppendLine("4. The rows that are beside the archive:");
        foreach (var table in inventory.Tables.Where(table => table.Route == TableRoute.BinaryCopy))
        {
            foreach (var file in table.Files)
            {
                var copy = $"COPY {PostgresName.Of(table)} ({PostgresName.Columns(table)}) FROM STDIN (FORMAT binary)";
                text.AppendLine(CultureInfo.InvariantCulture, $"     zstd -dc {file} | psql {connect} -c {ShellQuote(copy)}");
            }
        }

        text.AppendLine().AppendLine("5. Indexes, foreign keys, triggers; then statistics:");
        text.AppendLine(CultureInfo.InvariantCulture, $"     pg_restore --exit-on-error --section=post-data {connect} {DatabasePart.ArchiveFileName}");
        text.AppendLine(CultureInfo.InvariantCulture, $"     psql {connect} -c ANALYZE");
        text.AppendLine().AppendLine("6. Compare: rows of each table.");
        foreach (var table in inventory.Tables)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"     {table.Fingerprint?.Rows,12}  {PostgresName.Of(table)}");
        }

        return text.ToString();
    }

    private static string ShellQuote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
