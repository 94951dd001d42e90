using System.Text;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>The database of a sandbox, from an empty server to Letta's schema with rows.</summary>
internal sealed class SandboxDatabase(DockerEngine engine, DatabaseEndpoint endpoint, IOperationObserver observer)
{
    /// <summary>Sets the database up as Letta's init.sql does; then, for a size, creates the schema and the rows, credentials encrypted with the key.</summary>
    /// <exception cref="LettaDrException">The server refuses, most likely because it has no pgvector.</exception>
    internal async Task PrepareAsync(LettaSeedSize? size, Secret key, CancellationToken cancellationToken)
    {
        observer.Verbose("Setting the database up as Letta's init.sql does.");
        await InitializeAsync(cancellationToken);
        if (size is null)
        {
            return;
        }

        try
        {
            observer.Verbose($"Creating the schema of revision {LettaSchema.Revision}.");
            await LettaSchema.CreateAsync(ConnectionString(), cancellationToken);
            observer.Verbose($"Seeding {size.Agents} agents, {size.Messages} messages and {size.Passages} passages.");
            await LettaSeeder.SeedAsync(ConnectionString(), size, observer, cancellationToken);
            await SeedCredentials.EncryptAsync(ConnectionString(), key.Reveal(), cancellationToken);
        }
        catch (Exception failure)
            when (!cancellationToken.IsCancellationRequested && PostgresFaults.Translate(failure, endpoint) is { } fault)
        {
            throw fault;
        }
    }

    private async Task InitializeAsync(CancellationToken cancellationToken)
    {
        using var script = new MemoryStream(Encoding.UTF8.GetBytes(SandboxSql.Init));
        string[] psql = ["psql", "-X", "-q", "-w", "-U", endpoint.UserName, "-d", endpoint.Database, "-f", "-"];
        var result = await engine.ExecAsync(endpoint.Container!.Id!, psql, null, script, null, null, cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new LettaDrException(
                "SandboxDatabaseFailed", FaultKind.OperationFailed,
                $"The database of image {endpoint.Container.Image} could not be set up: {result.StandardError.Trim()}",
                "Use an image of PostgreSQL 15 or later that has the extension vector.", endpoint.Container.Name);
        }
    }

    private string ConnectionString() => new NpgsqlConnectionStringBuilder
    {
        Host = endpoint.Host,
        Port = endpoint.Port,
        Database = endpoint.Database,
        Username = endpoint.UserName,
        Password = endpoint.Password!.Reveal(),
    }.ConnectionString;
}
