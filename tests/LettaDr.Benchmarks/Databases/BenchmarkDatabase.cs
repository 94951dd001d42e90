using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LettaDr.Systems;
using Npgsql;

namespace LettaDr.Benchmarks;

/// <summary>A Letta database in a container of its own with PostgreSQL's stock settings; removed when disposed of.</summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    private const string Image = "pgvector/pgvector:pg17";
    private const string Letta = "letta";

    private readonly DockerEngine _engine;
    private readonly bool _keep;

    private BenchmarkDatabase(DockerEngine engine, string container, bool keep) => (_engine, Container, _keep) = (engine, container, keep);

    /// <summary>The container's name; what a user would give as the deployment.</summary>
    public string Container { get; }

    /// <summary>The Compose project that its labels name, with whatever else bears them.</summary>
    public string Project => Container;

    /// <summary>Size of the database in bytes, with indexes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Starts a server, sets the database up as Letta's init.sql does, and fills it.</summary>
    public static async Task<BenchmarkDatabase> CreateAsync(LettaSeedSize size, bool keep, CancellationToken cancellationToken)
    {
        Report.Tell($"building a database of {size.Messages} messages and {size.Passages} passages");
        var engine = await DockerEngine.ConnectAsync(cancellationToken);
        var password = RandomNumberGenerator.GetHexString(32);
        var name = "lettadr-benchmark-" + RandomNumberGenerator.GetHexString(6, lowercase: true);
        var database = new BenchmarkDatabase(engine, name, keep);
        try
        {
            await engine.Containers.RunAsync(
                new DockerRunRequest
                {
                    Image = Image,
                    Name = name,
                    Labels = database.Labels("letta_db"),
                    Environment = new Dictionary<string, string>
                    {
                        ["POSTGRES_USER"] = Letta, ["POSTGRES_PASSWORD"] = password, ["POSTGRES_DB"] = Letta,
                    },
                },
                cancellationToken);
            await database.FillAsync(size, password, cancellationToken);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>The labels of a container of the same project.</summary>
    public Dictionary<string, string> Labels(string service) => new()
    {
        ["lettadr.test"] = "1", ["com.docker.compose.project"] = Project, ["com.docker.compose.service"] = service,
    };

    /// <summary>Runs a program in the container, as <c>docker exec</c> does; gives what it wrote.</summary>
    /// <exception cref="BenchmarkException">It failed.</exception>
    public async Task<string> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken, Stream? input = null)
    {
        using var output = new MemoryStream();
        var result = await _engine.ExecAsync(Container, command, null, input, output, null, cancellationToken);
        return result.ExitCode == 0
            ? Encoding.UTF8.GetString(output.ToArray())
            : throw new BenchmarkException($"{string.Join(' ', command)} ended with {result.ExitCode}: {result.StandardError.Trim()}");
    }

    /// <summary>Reads a file of the container.</summary>
    public async Task ReadAsync(string path, Stream target, CancellationToken cancellationToken)
    {
        var result = await _engine.ExecAsync(Container, ["cat", path], null, null, target, null, cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new BenchmarkException($"{path} cannot be read: {result.StandardError.Trim()}");
        }
    }

    /// <summary>Runs a statement outside any of the databases that are measured.</summary>
    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        RunAsync(["psql", "-X", "-q", "-U", Letta, "-d", "postgres", "-c", sql], cancellationToken);

    /// <summary>Puts on the disk what is still to be written, so that nobody pays for another's work.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("CHECKPOINT", cancellationToken);
        await RunAsync(["sync"], cancellationToken);
    }

    /// <summary>Size in bytes of a file or folder in the container.</summary>
    public async Task<long> SizeOfAsync(string path, CancellationToken cancellationToken)
    {
        var text = await RunAsync(["du", "-sb", path], cancellationToken);
        return long.Parse(text.Split('\t')[0], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (_keep)
        {
            Report.Tell($"kept: container {Container}");
        }
        else
        {
            await _engine.Containers.RemoveAsync(Container, volumes: true, CancellationToken.None);
        }

        _engine.Dispose();
    }

    private async Task FillAsync(LettaSeedSize size, string password, CancellationToken cancellationToken)
    {
        await new SandboxReadiness(_engine).CommandAsync(Container, ["pg_isready", "-q", "-h", "127.0.0.1", "-U", Letta], cancellationToken);
        using var script = new MemoryStream(Encoding.UTF8.GetBytes(SandboxSql.Init));
        await RunAsync(["psql", "-X", "-q", "-U", Letta, "-d", Letta, "-f", "-"], cancellationToken, script);
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = (await _engine.InspectAsync(Container, cancellationToken)).Address, Database = Letta, Username = Letta, Password = password,
        };
        await LettaSchema.CreateAsync(connection.ConnectionString, cancellationToken);
        await LettaSeeder.SeedAsync(connection.ConnectionString, size, null, cancellationToken);

        // As autovacuum would have done by the next day: the first reader after an insert writes hint bits, the others do not.
        await RunAsync(["vacuumdb", "-q", "-z", "-U", Letta, "-d", Letta], cancellationToken);
        var bytes = await RunAsync(
            ["psql", "-X", "-At", "-U", Letta, "-d", Letta, "-c", "SELECT pg_database_size(current_database())"], cancellationToken);
        Bytes = long.Parse(bytes.Trim(), CultureInfo.InvariantCulture);
        await SettleAsync(cancellationToken);
    }
}
