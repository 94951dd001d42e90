using System.Globalization;
using System.Text;

namespace LettaDr.Systems;

/// <summary>An archive in a file where pg_restore runs.</summary>
internal sealed class StagedArchive(PostgresPrograms programs, string path, DatabaseInventory inventory) : IStagedArchive
{
    public async Task RestoreAsync(
        string database, ArchiveSection section, int jobs, string? owner, IndexBuildSettings build, CancellationToken cancellationToken)
    {
        var name = section switch
        {
            ArchiveSection.PreData => "pre-data",
            ArchiveSection.Data => "data",
            _ => "post-data",
        };
        List<string> arguments =
        [
            "--exit-on-error", "--no-password", $"--section={name}",
            string.Create(CultureInfo.InvariantCulture, $"--jobs={jobs}"), "--dbname=" + ProgramConnection.Quote(database),
        ];
        if (owner is null)
        {
            await programs.RunAsync("pg_restore", [.. arguments, path], null, null, cancellationToken, build.Options).ConfigureAwait(false);
            return;
        }

        // What a superuser has made already for the new owner must not be made again by it.
        var list = await programs.StageAsync(
            new MemoryStream(await ListWithoutExtensionsAsync(cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
        try
        {
            arguments.AddRange(["--no-owner", "--no-privileges", "--role=" + owner, "--use-list=" + list, path]);
            await programs.RunAsync("pg_restore", arguments, null, null, cancellationToken, build.Options).ConfigureAwait(false);
        }
        finally
        {
            await programs.Host.UnstageAsync(list).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync() => await programs.Host.UnstageAsync(path).ConfigureAwait(false);

    private async Task<byte[]> ListWithoutExtensionsAsync(CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        await programs.RunAsync("pg_restore", ["--list", path], null, output, cancellationToken).ConfigureAwait(false);
        var schemas = DatabaseCreation.ExtensionSchemas(inventory);
        var kept = Encoding.UTF8.GetString(output.ToArray()).Split('\n').Where(line => !IsMadeAlready(line, schemas));
        return Encoding.UTF8.GetBytes(string.Join('\n', kept));
    }

    /// <summary>A line reads <c>dump id; catalogue oid DESCRIPTION schema name owner</c>.</summary>
    private static bool IsMadeAlready(string line, IReadOnlyList<string> schemas) =>
        line.Contains(" EXTENSION - ", StringComparison.Ordinal)
        || line.Contains(" COMMENT - EXTENSION ", StringComparison.Ordinal)
        || schemas.Any(schema => line.Contains($" SCHEMA - {schema} ", StringComparison.Ordinal));
}
