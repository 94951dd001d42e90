using System.Diagnostics;

namespace LettaDr.Systems.Tests;

/// <summary>The project of fixtures/project brought up by Docker Compose, with files in the server's home and secrets of this run.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ConfigurationStack : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("lettadr-conf-" + Guid.NewGuid().ToString("N")[..8]);
    private readonly string _run = Guid.NewGuid().ToString("N")[..10];

    internal string Folder => _folder.Path;

    /// <summary>A folder outside the project's, with a file that it mounts.</summary>
    internal string Outside { get; private set; } = string.Empty;

    internal LettaDeployment Deployment { get; private set; } = null!;

    internal string Server => Deployment.Server!.Container!.Id!;

    /// <summary>Every secret has it in itself.</summary>
    internal string Mark => "mArk" + _run;

    internal string Key => Mark + "-key";

    public async Task InitializeAsync()
    {
        if (!ComposeStack.IsInstalled)
        {
            return;
        }

        Outside = Path.Combine(Path.GetDirectoryName(Folder)!, "outside");
        Directory.CreateDirectory(Outside);
        Fill(Path.Combine(AppContext.BaseDirectory, "Configuration", "fixtures", "project"), Folder);
        File.WriteAllText(Path.Combine(Outside, "conf.yaml"), $"letta:\n  api_key: {Mark}-conf\n  debug: true\n");
        File.SetUnixFileMode(Path.Combine(Folder, ".env"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(Path.Combine(Folder, "init.sql"), (UnixFileMode)0x1A4); // 644
        File.AppendAllText(
            Path.Combine(Folder, "init.sql"), $"INSERT INTO providers VALUES ('provider-1', 'x', '{LettaEncryption.Encrypt(Mark + "-provider", Key)}', NULL);\n");
        Compose("up", "-d");
        var limit = DateTime.UtcNow.AddMinutes(3);
        do
        {
            await Task.Delay(500);
            Deployment = await new DeploymentDiscovery(Folder, ComposeStack.Nothing).FromPathAsync(".", CancellationToken.None);
        }
        while (!(await ComposeStack.CheckAsync(Deployment)).Exists(check => check is { Name: "ServerReady", Outcome: Outcome.Passed }) && DateTime.UtcNow < limit);

        Run("""
            mkdir -p ~/.letta/tool_execution_dir ~/.letta/memfs/repository && cd ~/.letta
            echo "[defaults]" > config
            echo '{"mcpServers": {"x": {"env": {"GITHUB_TOKEN": "MARK-mcp"}, "command": "run"}}}' > mcp_config.json
            echo 'postgresql://letta:MARK-uri@db/letta' > pg_uri
            printf 'user=me\nMARK-cred\n' > credentials
            echo 'def tool(): pass' > tool_execution_dir/tool.py
            echo 'call it with MARK-server' > tool_execution_dir/notes.txt
            printf 'a\000bMARK-server' > tool_execution_dir/cache.bin
            cd memfs/repository
            git config --global user.email a@b && git config --global user.name a
            for agent in agent-sound agent-broken; do
                git init -q -b main "work" && cd work && echo "# memory" > memory.md && git add . && git commit -qm one && git tag v1
                echo more >> memory.md && git commit -qam two && git branch side v1 && cd ..
                mkdir -p org-1/$agent && mv work/.git org-1/$agent/repo.git && rm -rf work
            done
            mkdir -p org-1/agent-empty && git init -q --bare -b main org-1/agent-empty/repo.git
            cd org-1/agent-broken/repo.git && object=$(git rev-parse HEAD^{tree}) && rm -f objects/$(echo $object | cut -c1-2)/$(echo $object | cut -c3-)
            """.Replace("MARK", Mark, StringComparison.Ordinal));
    }

    public Task DisposeAsync()
    {
        if (ComposeStack.IsInstalled)
        {
            Compose("down", "--volumes", "--timeout", "1");
        }

        _folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Runs a script in the server's container.</summary>
    internal string Run(string script)
    {
        var start = new ProcessStartInfo("docker", ["exec", "-i", Server, "sh", "-e"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.GetAwaiter().GetResult());
        return output;
    }

    internal Task<Backup> BackUpAsync(TemporaryRepository repository, SecretSealing sealing, CollectingObserver? observer = null, bool images = false) =>
        BackUpAsync(Deployment, repository, sealing, observer, images);

    internal static async Task<Backup> BackUpAsync(
        LettaDeployment deployment, TemporaryRepository repository, SecretSealing sealing, CollectingObserver? observer = null, bool images = false)
    {
        await using var configuration = new ConfigurationBackupPart(sealing, images);
        await using var memory = new MemoryBackupPart();
        return await new BackupMaking(repository.Directory, observer ?? new CollectingObserver(), repository.Journals)
            .RunAsync(new SetRequest(deployment, null), [configuration, memory], CancellationToken.None);
    }

    internal static async Task<ConfigurationRestoreResult> RestoreAsync(
        TemporaryRepository repository, ConfigurationRestoreRequest request, CollectingObserver? observer = null)
    {
        var restore = new ConfigurationRestore(repository.Directory, observer ?? new CollectingObserver(), repository.Journals);
        return await restore.RunAsync(await restore.PlanAsync(request, default), OperationId.Next(), default);
    }

    /// <summary>Runs Docker Compose on the project.</summary>
    internal void Compose(params string[] arguments) => Assert.True(ComposeStack.Run("docker-compose", arguments, Folder, out var output), output);

    private void Fill(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, File.ReadAllText(file).Replace("MARK", Mark, StringComparison.Ordinal).Replace("OUTSIDE", Outside, StringComparison.Ordinal));
        }
    }
}
