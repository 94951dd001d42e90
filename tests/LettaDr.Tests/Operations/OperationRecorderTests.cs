namespace LettaDr.Tests;

public sealed class OperationRecorderTests
{
    private readonly RecordingObserver _observer = new();
    private readonly Journals _journals = new();

    [Fact]
    public async Task Each_step_is_on_record_before_it_begins_and_after_it_ends()
    {
        var recorder = Recorder(_journals);

        await recorder.RunAsync(async () =>
        {
            await recorder.StepAsync("one", step =>
            {
                Assert.Equal(("one", null), (_journals.Last.Steps[0].Name, _journals.Last.Steps[0].Outcome));
                Assert.Null(_journals.Last.EndedAt);
                step.Bytes = 42;
                return Task.FromResult<string?>("done it");
            });
            await recorder.StepAsync("two", () => Task.FromResult<string?>(null));
            return 0;
        });

        var journal = _journals.Last;
        Assert.Equal(["one", "two"], journal.Steps.Select(step => step.Name));
        Assert.All(journal.Steps, step => Assert.Equal(Outcome.Passed, step.Outcome));
        Assert.All(journal.Steps, step => Assert.NotNull(step.Duration));
        Assert.Equal((42L, "done it"), (journal.Steps[0].Bytes!.Value, journal.Steps[0].Detail));
        Assert.Equal(Outcome.Passed, journal.Outcome);
        Assert.NotNull(journal.EndedAt);
        Assert.Equal(("id", "Backup", "letta", "set"), (journal.Id, journal.Kind, journal.Deployment, journal.BackupId));
        Assert.Equal((Environment.MachineName, Environment.ProcessId), (journal.Machine, journal.ProcessId));
        Assert.Equal(["one", "two"], _observer.Lines);
    }

    [Fact]
    public async Task A_failure_is_on_record_and_goes_on_up()
    {
        var recorder = Recorder(_journals);
        var failure = new LettaDrException("X", FaultKind.Unreachable, "The server is gone.", "Look.");

        var thrown = await Assert.ThrowsAsync<LettaDrException>(() => recorder.RunAsync<int>(async () =>
        {
            await recorder.StepAsync("one", () => Task.FromResult<string?>(null));
            await recorder.StepAsync("two", () => throw failure);
            return 0;
        }));

        Assert.Same(failure, thrown);
        var journal = _journals.Last;
        Assert.Equal((Outcome.Failed, "The server is gone."), (journal.Outcome!.Value, journal.Message));
        Assert.Equal([Outcome.Passed, Outcome.Failed], journal.Steps.Select(step => step.Outcome!.Value));
        Assert.Equal("The server is gone.", journal.Steps[1].Detail);
        Assert.NotNull(journal.Steps[1].Duration);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_does_not_cost_the_operation_nor_the_other_journal()
    {
        var recorder = Recorder(new Full(), _journals);

        Assert.Equal(7, await recorder.RunAsync(async () =>
        {
            await recorder.StepAsync("one", () => Task.FromResult<string?>(null));
            return 7;
        }));

        Assert.Equal(Outcome.Passed, _journals.Last.Outcome);
        Assert.Contains(_observer.Lines, line => line.Contains("disk is full", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cancelled_operation_is_on_record_as_failed()
    {
        var recorder = Recorder(_journals);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => recorder.RunAsync<int>(() => throw new OperationCanceledException()));

        Assert.Equal(Outcome.Failed, _journals.Last.Outcome);
    }

    private OperationRecorder Recorder(params IJournalStore[] stores) => new("id", "Backup", "letta", "set", _observer, stores);

    private sealed class Journals : IJournalStore
    {
        public IReadOnlyList<OperationJournal> Find(string kind, string? deployment) => [];

        public OperationJournal Last { get; private set; } = null!;

        public void Save(OperationJournal journal) => Last = journal;
    }

    private sealed class Full : IJournalStore
    {
        public IReadOnlyList<OperationJournal> Find(string kind, string? deployment) => [];

        public void Save(OperationJournal journal) => throw new IOException("The disk is full.");
    }
}
