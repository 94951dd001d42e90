namespace LettaDr.Systems.Tests;

/// <summary>A server that archives to a stanza whose repository outlives it; pgBackRest is configured by its environment alone.</summary>
internal sealed class RecoverableStanza : RecoverableServer
{
    public const string Stanza = "main";

    private readonly string _archive = UniqueName("stanza");
    private bool _isCreated;

    public static new async Task<RecoverableStanza> StartNewAsync()
    {
        var server = new RecoverableStanza();
        await server.InitializeAsync();
        return server;
    }

    /// <summary>Backs the cluster up as the cmdlet does.</summary>
    public Task<Backup> BackUpAsync() => PgBackRestServer.BackUpAsync(Deployment, Repository);

    /// <summary>Has everything archived that was written so far.</summary>
    public Task PushAsync() => PgBackRestAsync($"--stanza={Stanza} check");

    /// <summary>Runs pgBackRest as its operator does.</summary>
    public Task<string> PgBackRestAsync(string arguments) => ShellAsync($"setpriv --reuid=postgres --regid=postgres --init-groups pgbackrest {arguments}");

    /// <summary>Plans a recovery as the cmdlet does, and gives it up.</summary>
    public async Task<RecoveryPlan> PlanAsync(RecoveryTarget moment, string? stanza = null, uint? timeline = null, IOperationObserver? observer = null)
    {
        await using var open = await OpenAsync(null, stanza, observer);
        return await open.PlanAsync(moment, timeline, CancellationToken.None);
    }

    /// <summary>Recovers to a moment as the cmdlet does.</summary>
    public async Task<RecoveryResult> RecoverAsync(RecoveryTarget moment, IOperationObserver? observer = null)
    {
        await using var stanza = await OpenAsync(null);
        return await RecoverAsync(await stanza.PlanAsync(moment, null, CancellationToken.None), stanza, null, observer);
    }

    /// <summary>Recovers a set to its own end as the cmdlet does.</summary>
    public async Task<RecoveryResult> RecoverAsync(Backup set)
    {
        await using var stanza = await OpenAsync(set);
        return await RecoverAsync(await stanza.PlanAsync(CancellationToken.None), stanza, null, null);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        await engine.Containers.RemoveVolumeAsync(_archive, CancellationToken.None);
    }

    private protected override DockerRunRequest Request => base.Request with
    {
        Image = TestImages.PgBackRest,
        Environment = new Dictionary<string, string>(base.Request.Environment)
        {
            ["PGBACKREST_PG1_PATH"] = "/var/lib/postgresql/data", ["PGBACKREST_PG1_USER"] = "letta", ["PGBACKREST_PG1_DATABASE"] = "letta",
            ["PGBACKREST_REPO1_RETENTION_FULL"] = "9", ["PGBACKREST_REPO1_CIPHER_TYPE"] = "aes-256-cbc", ["PGBACKREST_REPO1_CIPHER_PASS"] = "never-to-be-shown",
            ["PGBACKREST_ARCHIVE_TIMEOUT"] = "15", ["PGBACKREST_LOG_LEVEL_FILE"] = "off",
        },
        Command = ["-c", "archive_mode=on", "-c", $"archive_command=pgbackrest --stanza={Stanza} archive-push %p", "-c", "max_wal_senders=10"],
        Volumes = [.. base.Request.Volumes, new ContainerVolume("volume", _archive, "/var/lib/pgbackrest", false)],
    };

    protected override async Task StartAsync()
    {
        await base.StartAsync();
        if (!_isCreated)
        {
            await PgBackRestAsync($"--stanza={Stanza} stanza-create");
            _isCreated = true;
        }
    }

    private Task<StanzaRecovery> OpenAsync(Backup? only, string? stanza = null, IOperationObserver? observer = null) => StanzaRecovery.OpenAsync(
        Deployment, Repository.Directory.List(Deployment.Name, includeIncomplete: false), stanza, only, observer ?? new CollectingObserver(), CancellationToken.None);
}
