using System.Globalization;
using System.Text;

namespace LettaDr;

/// <summary>Writes the page that tells how to restore a set by hand, for the day when LettaDr itself is lost.</summary>
internal static class RestoreInstructions
{
    public static byte[] Write(BackupManifest manifest, DatabaseInventory inventory)
    {
        var database = inventory.Database;
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            Backup set {manifest.Id} of {manifest.Deployment}: database {database.Name} as of {manifest.SnapshotTime:u}
            Server: PostgreSQL {database.ServerVersion}; image {manifest.DatabaseImage ?? "not recorded"} {manifest.DatabaseImageDigest}
            Letta: schema revision {manifest.AlembicRevision ?? "not found"}; image {manifest.ServerImage ?? "not recorded"} {manifest.ServerImageDigest}

            To restore without LettaDr you need psql and pg_restore of PostgreSQL {database.ServerVersionNumber / 10000} or later, and zstd.
            The archive may be compressed with zstd, which pg_restore of PostgreSQL 16 and later reads where it was built with it.
            Stop Letta first, and do not start it before the last step: it migrates whatever database it finds.
            Run everything in this folder, as a superuser of the server.

            0. See that every file is what was written (manifest.json lists size and SHA-256 of each):
            """);
        foreach (var file in manifest.Files.Where(file => file.Name != BackupManifest.InstructionsFileName))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"     echo '{file.Sha256}  {file.Name}' | sha256sum -c -");
        }

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

        text.AppendLine(CultureInfo.InvariantCulture, $"     pg_restore --exit-on-error --section=pre-data {connect} {BackupManifest.ArchiveFileName}");
        text.AppendLine(CultureInfo.InvariantCulture, $"     pg_restore --exit-on-error --section=data {connect} {BackupManifest.ArchiveFileName}");

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
        text.AppendLine(CultureInfo.InvariantCulture, $"     pg_restore --exit-on-error --section=post-data {connect} {BackupManifest.ArchiveFileName}");
        text.AppendLine(CultureInfo.InvariantCulture, $"     psql {connect} -c ANALYZE");
        text.AppendLine().AppendLine("6. Compare: rows of each table.");
        foreach (var table in inventory.Tables)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"     {table.Fingerprint?.Rows,12}  {PostgresName.Of(table)}");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string ShellQuote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
