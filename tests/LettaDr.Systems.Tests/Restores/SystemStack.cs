using System.Text;

namespace LettaDr.Systems.Tests;

/// <summary>A whole deployment brought up by Docker Compose from one of the fixtures, with a filled database.</summary>
internal sealed class SystemStack : IAsyncDisposable
{
    public const string Production = "system-production";
    public const string Development = "system-development";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder _folder = new("lettadr-sys-" + Guid.NewGuid().ToString("N")[..8]);

    private SystemStack(string fixture) => Fixture = fixture;

    public string Fixture { get; }

    public string Folder => _folder.Path;

    /// <summary>The project's name, by Compose's rule.</summary>
    public string Project => ComposeProjectName.Normalize(Path.GetFileName(Folder));

    public DeploymentDiscovery Discovery => new(Folder, ComposeStack.Nothing);

    /// <summary>Brings it up, fills the database, then starts what needs a filled one.</summary>
    /// <param name="fixture">Which.</param>
    /// <param name="port">The port of this machine at which the server of <see cref="Production"/> answers; null for none.</param>
    public static async Task<SystemStack> StartAsync(string fixture, int? port = null)
    {
        var stack = new SystemStack(fixture);
        var source = ComposeFixture.Folder(fixture);
        if (fixture == Production)
        {
            var compose = File.ReadAllText(Path.Combine(source, "compose.yaml"));
            stack._folder.Write(
                "compose.yaml", port is null ? compose : compose.Replace("    env_file: .env", $"    env_file: .env\n    ports: [\"127.0.0.1:{port}:8283\"]", StringComparison.Ordinal));
            File.Copy(Path.Combine(source, ".env.template"), Path.Combine(stack.Folder, ".env"));
            stack._folder.Write("init.sql", SandboxSql.Init);
            await stack.UpAsync("letta_db", "letta_redis");
        }
        else
        {
            File.Copy(Path.Combine(source, "docker-compose.yml"), Path.Combine(stack.Folder, "docker-compose.yml"));
            stack._folder.Write("scripts/init.sql", SandboxSql.Init);
            await stack.UpAsync("postgres", "redis");
        }

        // Healthy by its socket, the image's set-up may be about to start it anew.
        LettaDeployment deployment = null!;
        await Eventually.TrueAsync(async () =>
        {
            deployment = await stack.DeploymentAsync();
            return (await ComposeStack.CheckAsync(deployment)).Exists(check => check is { Name: "DatabaseVector", Outcome: Outcome.Passed });
        });
        var text = PostgresServer.ConnectionString(deployment);
        await LettaSchema.CreateAsync(text, CancellationToken.None);
        await LettaSeeder.SeedAsync(text, PostgresServer.Small, null, CancellationToken.None);
        await SeedCredentials.EncryptAsync(text, "production-key", CancellationToken.None);
        await stack.UpAsync();
        if (fixture == Production)
        {
            await stack.ServerAsync("""
                mkdir -p ~/.letta/memfs/repository/org-1/agent-1 && cd ~/.letta && echo '[defaults]' > config && cd memfs/repository
                git init -q -b main work && cd work && echo '# memory' > memory.md && git add .
                git -c user.email=a@b -c user.name=a commit -qm one && mv .git ../org-1/agent-1/repo.git && cd .. && rm -r work
                """);
        }

        return stack;
    }

    public Task<LettaDeployment> DeploymentAsync() => Discovery.FromPathAsync(".", CancellationToken.None);

    public async Task<string> RedisAsync(params string[] command) =>
        await ExecAsync((await DeploymentAsync()).Cache!.Container!.Id!, ["redis-cli", .. command]);

    /// <summary>Runs a script in the server's container.</summary>
    public async Task<string> ServerAsync(string script) =>
        await ExecAsync((await DeploymentAsync()).Server!.Container!.Id!, ["sh", "-ec", script]);

    /// <summary>The files that the server has in its container only.</summary>
    public Task<string> MemoryAsync() => ServerAsync("cat ~/.letta/config; git -C ~/.letta/memfs/repository/org-1/agent-1/repo.git log --format='%s %H' main");

    public async Task<Backup> BackUpAsync(TemporaryRepository repository, Secret? passphrase, bool images = false)
    {
        var deployment = await DeploymentAsync();
        var request = new BackupRequest { Deployment = deployment };
        return await new SystemBackup(repository.Directory, request, new SecretSealing([], passphrase), images, skipCache: false)
            .RunAsync(new CollectingObserver(), repository.Journals, CancellationToken.None);
    }

    /// <summary>Containers, volumes, networks, and every file.</summary>
    public async Task DestroyAsync()
    {
        await RemoveContainersAsync();
        foreach (var entry in Directory.EnumerateFileSystemEntries(Folder))
        {
            if (Directory.Exists(entry))
            {
                Directory.Delete(entry, recursive: true);
            }
            else
            {
                File.Delete(entry);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RemoveContainersAsync();
        _folder.Dispose();
    }

    private static async Task<string> ExecAsync(string container, IReadOnlyList<string> command)
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        using var output = new MemoryStream();
        var result = await engine.ExecAsync(container, command, null, null, output, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return Encoding.UTF8.GetString(output.ToArray()).Trim();
    }

    private async Task RemoveContainersAsync()
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        foreach (var details in await engine.ListAsync(true, new Dictionary<string, string> { [ContainerMapping.ProjectLabel] = Project }, CancellationToken.None))
        {
            await engine.Containers.RemoveAsync(details.Container.Id!, volumes: true, CancellationToken.None);
        }

        await engine.Containers.RemoveVolumeAsync(Project + "_redis", CancellationToken.None);
        await engine.Containers.RemoveNetworkAsync(Project + "_default", CancellationToken.None);
    }

    public async Task UpAsync(params string[] services)
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        var reader = ComposeFixture.Reader();
        var runner = new ComposeRunner(
            await ComposeTool.FindAsync(null, CancellationToken.None), reader.Read(reader.FindFiles(Folder)), engine, ComposeStack.Nothing, new CollectingObserver());
        await runner.UpAsync(services.Length == 0 ? null : services, Limit, CancellationToken.None);
    }
}
