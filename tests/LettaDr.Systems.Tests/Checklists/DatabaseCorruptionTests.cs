namespace LettaDr.Systems.Tests;

/// <summary>The runbook on database corruption, on whole deployments with planted damage.</summary>
public sealed class DatabaseCorruptionTests : IDisposable
{
    private static readonly RunbookStepKind[] RestoreSteps =
        [RunbookStepKind.KeepEvidence, RunbookStepKind.ChooseSet, RunbookStepKind.Restore, RunbookStepKind.Validate];

    private readonly TemporaryRepository _repository = new();

    [ComposeFact]
    public async Task A_damaged_table_is_named_and_the_system_is_right_again_from_a_set_that_is_proven_first()
    {
        await using var stack = await SystemStack.StartAsync(SystemStack.Production);
        await PostgresServer.ExecuteAsync(await stack.DeploymentAsync(), "CREATE EXTENSION amcheck");
        var backup = await stack.BackUpAsync(_repository, SystemRun.Passphrase);
        var inventory = LettaOperations.InventoryOf(_repository, backup);
        Assert.Null(backup.ProvenAt);
        await PlantedDamage.FlipAsync(await stack.DeploymentAsync(), "messages", 0);

        var offline = await ConsistencyRun.OfAsync(await stack.DeploymentAsync());
        await PlantedDamage.StartAsync(stack);
        var observer = new CollectingObserver();
        var result = await RunAsync(stack, observer);

        Assert.Equal(Outcome.Failed, offline["PageChecksums"].Outcome);
        Assert.Equal(Outcome.NotRun, offline["ForeignKeysHold"].Outcome);
        Assert.Contains("letta.messages (1 bad block in base/", offline["PageChecksums"].Evidence, StringComparison.Ordinal);
        Assert.Equal(DamageVerdict.TablesDamaged, result.Verdict);
        var assessment = Assert.IsType<DamageAssessment>(result.Steps[1].Result);
        var damaged = Assert.Single(assessment.Damaged);
        Assert.Equal("letta.messages", damaged.Name);
        Assert.Contains("invalid page in block 0", damaged.Evidence, StringComparison.Ordinal);
        Assert.Equal(["TablesReadable", "BTreesSound", "ForeignKeysHold", "PageChecksums"], assessment.Checks.Select(check => check.Name));
        Assert.Equal(backup.Id, result.BackupId);
        Assert.Contains("proven now", result.Steps[3].Evidence, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(_repository.Directory.List(null, false)).ProvenAt);
        Assert.True(result.DataLoss > TimeSpan.Zero);
        Assert.Equal(Enum.GetValues<RunbookStepKind>(), result.Steps.Select(step => step.Step));
        var deployment = await stack.DeploymentAsync();
        Assert.Empty(await LettaOperations.CompareAsync(inventory, deployment));
        Assert.Equal("1", await PostgresServer.ValueAsync(deployment, $"SELECT count(*) FROM pg_database WHERE datname = '{result.PreviousDatabase}'"));
        Assert.True(result.BroughtBack);
        Assert.True(Assert.IsType<BroughtBack>(result.Steps[^1].Result).Agents!.IsEqual);
        Assert.Equal(["letta_db", "letta_redis", "letta_server"], Assert.IsType<BroughtBack>(result.Steps[^1].Result).Services);
        Assert.True(deployment.Server!.Container!.IsRunning);
        Assert.DoesNotContain(deployment.Facts, fact => fact.Name == "Maintenance");
        Assert.Equal(Outcome.Passed, Assert.Single(_repository.Journals.Find(DatabaseCorruptionRunbook.Kind, deployment.Name)).Outcome);
        Assert.DoesNotContain("production-secret", string.Join('\n', observer.Messages.Concat(observer.Warnings)), StringComparison.Ordinal);
    }

    [ComposeFact]
    public async Task Damage_in_an_index_alone_replaces_nothing_and_none_at_all_brings_the_server_back()
    {
        await using var stack = await SystemStack.StartAsync(SystemStack.Production);
        await PostgresServer.ExecuteAsync(await stack.DeploymentAsync(), "CREATE EXTENSION amcheck");
        await PlantedDamage.FlipAsync(await stack.DeploymentAsync(), "messages_pkey", 1);
        var offline = await DamageAssessing.RunAsync(await stack.DeploymentAsync(), new CollectingObserver(), CancellationToken.None);
        await PlantedDamage.StartAsync(stack);
        var before = await DatabasesAsync(stack);

        var result = await RunAsync(stack, new CollectingObserver());

        Assert.Equal(DamageVerdict.IndexesOnly, offline.Verdict);
        Assert.Equal("letta.messages_pkey", Assert.Single(offline.Damaged).Name);
        Assert.Equal(DamageVerdict.IndexesOnly, result.Verdict);
        Assert.Contains("messages_pkey", result.Steps[1].Evidence, StringComparison.Ordinal);
        Assert.Contains("REINDEX", result.Remedy, StringComparison.Ordinal);
        AssertNothingReplaced(result);
        Assert.Equal(before, await DatabasesAsync(stack));
        Assert.False(result.BroughtBack);
        Assert.False((await stack.DeploymentAsync()).Server!.Container!.IsRunning);

        // What the remedy says, and the same command again.
        await PostgresServer.ExecuteAsync(Postgres(await stack.DeploymentAsync()), "ALTER DATABASE letta ALLOW_CONNECTIONS true");
        await PostgresServer.ExecuteAsync(await stack.DeploymentAsync(), "REINDEX INDEX messages_pkey");
        await PostgresServer.ExecuteAsync(await stack.DeploymentAsync(), "SELECT pg_stat_reset()");
        var again = await RunAsync(stack, new CollectingObserver());

        Assert.Equal((DamageVerdict.NothingFound, true, null), (again.Verdict, again.BroughtBack, again.Remedy));
        AssertNothingReplaced(again);
        Assert.Equal(before, await DatabasesAsync(stack));
        Assert.True((await stack.DeploymentAsync()).Server!.Container!.IsRunning);
        Assert.DoesNotContain((await stack.DeploymentAsync()).Facts, fact => fact.Name == "Maintenance");
    }

    [ComposeFact]
    public async Task A_server_that_crashed_is_never_started_to_be_assessed()
    {
        await using var stack = await SystemStack.StartAsync(SystemStack.Production);
        var container = (await stack.DeploymentAsync()).Database.Container!;
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        await engine.Containers.KillAsync(container.Id!, CancellationToken.None);

        var result = await RunAsync(stack, new CollectingObserver());

        Assert.Equal(DamageVerdict.NotAssessed, result.Verdict);
        Assert.Contains("cluster must be shut down", result.Steps[1].Evidence, StringComparison.Ordinal);
        AssertNothingReplaced(result);
        Assert.False(result.BroughtBack);
        Assert.False((await stack.DeploymentAsync()).Database.Container!.IsRunning);
    }

    public void Dispose() => _repository.Dispose();

    private static void AssertNothingReplaced(RunbookResult result)
    {
        Assert.Null(result.BackupId);
        Assert.All(RestoreSteps, kind => Assert.Equal(Outcome.NotRun, result.Steps.Single(step => step.Step == kind).Outcome));
    }

    private static LettaDeployment Postgres(LettaDeployment deployment) => deployment with { Database = deployment.Database with { Database = "postgres" } };

    private static async Task<string> DatabasesAsync(SystemStack stack) => await PostgresServer.ValueAsync(
        Postgres(await stack.DeploymentAsync()), "SELECT string_agg(oid || ' ' || datname, ', ' ORDER BY oid) FROM pg_database");

    private async Task<RunbookResult> RunAsync(SystemStack stack, CollectingObserver observer)
    {
        var deployment = await stack.DeploymentAsync();
        var request = new RunbookRequest
        {
            Deployment = deployment.Name, Database = deployment.Database.Database, Sets = _repository.Catalog.List(deployment.Name, false),
            OperationId = OperationId.Next(),
        };
        var options = SystemRun.Options(_repository.Directory, _repository.Journals) with { DisconnectSessions = true };
        var site = new CorruptionSite(deployment, options, stack.Discovery, request.OperationId, null, observer);
        return await new DatabaseCorruptionRunbook(request, site, observer, _repository.Journals).RunAsync(CancellationToken.None);
    }
}
