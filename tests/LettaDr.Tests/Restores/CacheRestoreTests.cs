namespace LettaDr.Tests;

public sealed class CacheRestoreTests
{
    private readonly RecordingObserver _observer = new();
    private readonly FakeRepository _repository = new();
    private readonly CacheRestoreRequest _request = new()
    {
        Deployment = new LettaDeployment
        {
            Name = "letta", Database = new DatabaseEndpoint { Host = "172.17.0.2", Database = "letta", UserName = "letta" },
        },
        Backup = Sample.Set(Sample.Moment, parts: BackupParts.Cache),
    };

    [Fact]
    public async Task The_steps_follow_each_other_and_the_result_counts()
    {
        var target = new FakeCacheTarget();

        var result = await RunAsync(target, _request);

        Assert.Equal(["Inspect", "Begin", "Stage", "Stop", "Swap", "Start", "Prove", "Keep"], target.Done);
        Assert.Equal((10L, 8L, 2L, "/data/.before"), (result.KeysInSet, result.KeysRestored, result.KeysExpired, result.PreviousFiles));
        Assert.Equal(7, result.Stages.Count);
        Assert.Contains("something was put right", _observer.Warnings);
        Assert.Null(result.Reconciled);
    }

    [Theory]
    [InlineData("Begin", false)]
    [InlineData("Stage", false)]
    [InlineData("Stop", true)]
    [InlineData("Swap", true)]
    [InlineData("Start", true)]
    [InlineData("Prove", true)]
    public async Task What_was_there_is_put_back_once_it_may_have_been_touched(string failing, bool putBack)
    {
        var target = new FakeCacheTarget(failing);

        var failure = await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(target, _request));

        Assert.Equal(failing + "Failed", failure.Id);
        Assert.Equal(putBack, target.Done[^1] == "PutBack");
        Assert.DoesNotContain("Keep", target.Done);
    }

    [Fact]
    public async Task Stopped_by_its_user_it_puts_back_all_the_same()
    {
        using var stop = new CancellationTokenSource();
        var target = new FakeCacheTarget { Before = step => { if (step == "Start") { stop.Cancel(); } } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(target, _request, stop.Token));

        Assert.Equal("PutBack", target.Done[^1]);
    }

    [Fact]
    public async Task Where_nothing_can_be_put_back_both_failures_are_told_and_where_the_files_are()
    {
        var failure = await Assert.ThrowsAsync<LettaDrException>(() => RunAsync(new FakeCacheTarget("Start", "PutBack"), _request));

        Assert.Equal("CacheNotPutBack", failure.Id);
        Assert.Contains("Start failed.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("PutBack failed.", failure.Message, StringComparison.Ordinal);
        Assert.Contains(".lettadr-restore/old", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_leaves_a_restored_cache_and_a_warning()
    {
        var target = new FakeCacheTarget();

        var result = await RunAsync(target, _request with
        {
            DiscardPrevious = true,
            Reconcile = (_, _) => throw new LettaDrException("DatabaseUnreachable", FaultKind.Unreachable, "It does not answer.", "Start it."),
        });

        Assert.Null(result.Reconciled);
        Assert.Null(result.PreviousFiles);
        Assert.Contains(_observer.Warnings, warning => warning.Contains("Clear-LettaCache -Stale", StringComparison.Ordinal));
        Assert.DoesNotContain("PutBack", target.Done);
    }

    [Fact]
    public void The_plan_tells_each_step_and_the_question_the_loss()
    {
        var profile = new CacheProfile
        {
            Cache = "172.17.0.3:6379", Container = "letta-redis-1", IsRunning = true, Keys = 7, AppendOnly = true, Directory = "/data", Volume = "volume letta",
        };
        var plan = CacheRestoreDescription.Plan(_request, profile).Split(Environment.NewLine);
        var stopped = profile with { IsRunning = false };

        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], plan.Skip(1).Select(line => line.TrimStart()[..1]));
        Assert.Contains("volume letta", plan[1], StringComparison.Ordinal);
        Assert.Contains("save a snapshot, and stop container letta-redis-1", CacheRestoreDescription.Plan(_request, profile with { AppendOnly = false }), StringComparison.Ordinal);
        Assert.Contains("does not run now", CacheRestoreDescription.Plan(_request, stopped), StringComparison.Ordinal);
        Assert.Contains("its 7 keys are replaced", CacheRestoreDescription.Question(_request, profile), StringComparison.Ordinal);
        Assert.Contains("its files are replaced", CacheRestoreDescription.Question(_request, stopped), StringComparison.Ordinal);
        Assert.Contains("and is removed", CacheRestoreDescription.Question(_request with { DiscardPrevious = true }, profile), StringComparison.Ordinal);
    }

    private Task<CacheRestoreResult> RunAsync(FakeCacheTarget target, CacheRestoreRequest request, CancellationToken cancellationToken = default) =>
        new CacheRestore(_repository, target, _observer, _repository.Journals("letta")).RunAsync(request, "20261122T121500Z-d4e5f6", cancellationToken);
}
