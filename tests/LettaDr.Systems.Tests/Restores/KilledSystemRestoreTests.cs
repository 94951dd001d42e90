namespace LettaDr.Systems.Tests;

/// <summary>kill -9 in every step of a system's restore: the second run always ends in a right system.</summary>
public sealed class KilledSystemRestoreTests(KilledSystemRestoreTests.LostSystem lost) : IClassFixture<KilledSystemRestoreTests.LostSystem>
{
    public static TheoryData<RestoreStepKind> Steps =>
        [.. Enum.GetValues<RestoreStepKind>().Except([RestoreStepKind.LoadImages])];

    [ComposeTheory]
    [MemberData(nameof(Steps))]
    public async Task The_second_run_ends_in_a_right_system(RestoreStepKind step)
    {
        await lost.Stack.DestroyAsync();
        using var journals = new TemporaryFolder("journals");
        var (exitCode, output) = await SystemRestoreChild.RunAsync(lost.Repository.Path, lost.Backup.Id, lost.Stack.Folder, journals.Path, step);
        Assert.True(exitCode == 137 && output.Length == 0, $"{exitCode}: {output}");
        var observer = new CollectingObserver();
        var options = SystemRun.Options(lost.Repository.Directory, new JournalDirectory(journals.Path));

        // Files that the first run has written are the set's own: no reason to refuse.
        var result = await SystemRun.RestoreAsync(options, lost.Stack.Discovery, lost.Backup, lost.Stack.Folder, observer);

        Assert.NotNull(result.ResumedOperation);
        Assert.Contains(observer.Warnings, warning => warning.Contains($"Resuming {result.ResumedOperation}", StringComparison.Ordinal));
        var deployment = await lost.Stack.DeploymentAsync();
        Assert.Empty(await LettaOperations.CompareAsync(LettaOperations.InventoryOf(lost.Repository, lost.Backup), deployment));
        Assert.True(result.Agents!.IsEqual);
        Assert.All(await ComposeStack.CheckAsync(deployment), check => Assert.NotEqual(Outcome.Failed, check.Outcome));
        Assert.Equal("key", await lost.Stack.RedisAsync("GET", "others"));
        Assert.Equal(lost.Memory, await lost.Stack.MemoryAsync());
        Assert.Contains("production-secret", File.ReadAllText(Path.Combine(lost.Stack.Folder, ".env")), StringComparison.Ordinal);
        Assert.DoesNotContain(deployment.Facts, fact => fact.Name == "Maintenance");
        Assert.Equal("0", await PostgresServer.ValueAsync(deployment, "SELECT count(*) FROM pg_database WHERE datname LIKE '%restoring%'"));
    }

    /// <summary>A set of a system that is destroyed before each test.</summary>
    public sealed class LostSystem : IAsyncLifetime
    {
        internal TemporaryRepository Repository { get; } = new();

        internal SystemStack Stack { get; private set; } = null!;

        internal Backup Backup { get; private set; } = null!;

        internal string Memory { get; private set; } = string.Empty;

        public async Task InitializeAsync()
        {
            if (new ComposeFactAttribute().Skip is null)
            {
                Stack = await SystemStack.StartAsync(SystemStack.Production);
                await Stack.RedisAsync("SET", "others", "key");
                Memory = await Stack.MemoryAsync();
                Backup = await Stack.BackUpAsync(Repository, SystemRun.Passphrase);
            }
        }

        public async Task DisposeAsync()
        {
            if (Stack is not null)
            {
                await Stack.DisposeAsync();
            }

            Repository.Dispose();
        }
    }
}
