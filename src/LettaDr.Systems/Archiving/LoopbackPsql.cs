using System.Text;

namespace LettaDr.Systems;

/// <summary>Asks a server by psql in a container that shares its network, at the address that its log is received from.</summary>
/// <param name="docker">The engine.</param>
/// <param name="container">Identifier of the container.</param>
/// <param name="environment">How to connect; empty where the container's own environment tells.</param>
internal sealed class LoopbackPsql(DockerEngine docker, string container, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>What a connection is to that speaks the replication protocol.</summary>
    public const string Replication = "replication=1";

    /// <summary>Asks; the fields of the first row, or what psql said instead.</summary>
    public async Task<(string[] Fields, string? Error)> AskAsync(string database, string sql, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var result = await docker.ExecAsync(
            container, ["psql", "-AtXwq", "-F", "|", "-d", database, "-c", sql], environment, null, output, null, cancellationToken).ConfigureAwait(false);
        var rows = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return result.ExitCode == 0
            ? (rows.FirstOrDefault()?.Split('|') ?? [], null)
            : ([], result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? $"psql ended with {result.ExitCode}");
    }
}
