namespace LettaDr.Systems.Tests;

/// <summary>Measures the objectives of a system that was just restored, and of the same one lost again.</summary>
internal static class SystemObjectives
{
    public static async Task AssertMeasuredAsync(TemporaryRepository repository, SystemStack stack, SystemRestoreResult restored)
    {
        var rows = await MeasureAsync(repository, stack, SystemRun.Passphrase);
        Assert.Equal(8, rows.Count);
        foreach (var time in restored.RecoveryTimes)
        {
            var row = rows.Single(row => row.Kind == RecoveryObjectiveKind.RTO && row.Component.ToString() == time.Component);
            Assert.Equal((Outcome.Passed, time.Objective), (row.Outcome, row.Target));
            Assert.InRange(row.Actual!.Value - time.Actual, TimeSpan.Zero, TimeSpan.FromSeconds(1));
            Assert.NotNull(row.Forecast);
            Assert.Contains(restored.BackupId, row.Evidence, StringComparison.Ordinal);
        }

        Assert.All(rows, row => Assert.Equal(Outcome.Passed, row.Outcome));
        Assert.Equal(TimeSpan.FromSeconds(1), Point(rows, RecoveryComponent.MessageQueue).Actual);
        Assert.Equal(TimeSpan.Zero, Point(rows, RecoveryComponent.Configuration).Actual);
        Assert.InRange(Point(rows, RecoveryComponent.System).Actual!.Value, Point(rows, RecoveryComponent.Database).Actual!.Value, TimeSpan.FromMinutes(15));

        // Nobody can look into the encrypted file without the passphrase; it was written by the restore, after the set.
        var closed = Point(await MeasureAsync(repository, stack, null), RecoveryComponent.Configuration);
        Assert.Contains("judged by when they were written", closed.Evidence, StringComparison.Ordinal);

        var compose = Directory.EnumerateFiles(stack.Folder, "*compose*").Single();
        File.AppendAllText(compose, "# changed\n");
        var written = DateTime.UtcNow.AddSeconds(-1);
        File.SetLastWriteTimeUtc(compose, written);
        var changed = Point(await MeasureAsync(repository, stack, SystemRun.Passphrase), RecoveryComponent.Configuration);
        Assert.Contains(Path.GetFileName(compose), changed.Evidence, StringComparison.Ordinal);
        Assert.InRange(changed.Actual!.Value, TimeSpan.FromSeconds(1), DateTime.UtcNow - written);

        await stack.RedisAsync("CONFIG", "SET", "appendonly", "no", "save", "7200 1");
        Assert.Equal(Outcome.Failed, Point(await MeasureAsync(repository, stack, null), RecoveryComponent.MessageQueue).Outcome);
        await stack.RedisAsync("CONFIG", "SET", "appendonly", "yes");

        var lost = RecoveryObjectives.Measure(
            await Survey(repository, null).ReadAsync(stack.Project, CancellationToken.None), new RecoveryTargets());
        Assert.Equal(rows.Take(4).Select(row => (row.Actual, row.Outcome)), lost.Take(4).Select(row => (row.Actual, row.Outcome)));
        Assert.Equal(
            [Outcome.Passed, Outcome.NotRun, Outcome.NotRun, Outcome.Passed], lost.Skip(4).Select(row => row.Outcome));
    }

    private static async Task<IReadOnlyList<RecoveryObjective>> MeasureAsync(TemporaryRepository repository, SystemStack stack, Secret? passphrase) =>
        RecoveryObjectives.Measure(
            await Survey(repository, passphrase).ReadAsync(await stack.DeploymentAsync(), CancellationToken.None), new RecoveryTargets());

    private static RecoverySurvey Survey(TemporaryRepository repository, Secret? passphrase) =>
        new(repository.Directory, repository.Journals, new CollectingObserver()) { Passphrase = passphrase };

    private static RecoveryObjective Point(IReadOnlyList<RecoveryObjective> rows, RecoveryComponent component) =>
        rows.Single(row => row.Kind == RecoveryObjectiveKind.RPO && row.Component == component);
}
