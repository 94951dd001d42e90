using System.Diagnostics;

namespace LettaDr;

/// <summary>Runs an operation's steps and writes its journal before and after each of them.</summary>
internal sealed class OperationRecorder
{
    /// <summary>What a journal says of an operation that its user stopped: it has not failed.</summary>
    public const string Stopped = "It was stopped.";

    private readonly IOperationObserver _observer;
    private readonly IReadOnlyList<IJournalStore> _stores;
    private readonly object _gate = new();
    private OperationJournal _journal;

    public OperationRecorder(
        string id, string kind, string deployment, string? backupId, IOperationObserver observer, params IJournalStore[] stores)
    {
        _observer = observer;
        _stores = stores;
        _journal = new OperationJournal
        {
            Id = id,
            Kind = kind,
            Deployment = deployment,
            BackupId = backupId,
            StartedAt = DateTimeOffset.UtcNow,
            Machine = Environment.MachineName,
            ProcessId = Environment.ProcessId,
        };
    }

    public OperationJournal Journal => _journal;

    /// <summary>The folder that is restored to, where there is one.</summary>
    public string? Destination
    {
        init => _journal = _journal with { Destination = value };
    }

    /// <summary>Runs one step; what <paramref name="work"/> returns is kept as the step's detail.</summary>
    public Task StepAsync(string name, Func<Task<string?>> work) => StepAsync(name, async _ => await work().ConfigureAwait(false));

    /// <summary>Runs one step that moves bytes; the step may be told how many.</summary>
    public async Task StepAsync(string name, Func<StepContext, Task<string?>> work)
    {
        _observer.Verbose(name);
        var index = Begin(name);
        var clock = Stopwatch.StartNew();
        var context = new StepContext();
        try
        {
            var detail = await work(context).ConfigureAwait(false);
            End(index, Outcome.Passed, clock.Elapsed, context.Bytes, detail);
        }
        catch (Exception failure)
        {
            End(index, Outcome.Failed, clock.Elapsed, context.Bytes, Reason(failure));
            throw;
        }
    }

    /// <summary>Takes over a step that an earlier operation has done.</summary>
    public void Adopt(JournalStep step)
    {
        lock (_gate)
        {
            _journal = _journal with { Steps = [.. _journal.Steps, step] };
            Save();
        }
    }

    /// <summary>Closes the journal.</summary>
    public OperationJournal Complete(Outcome outcome, string? message)
    {
        lock (_gate)
        {
            _journal = _journal with { EndedAt = DateTimeOffset.UtcNow, Outcome = outcome, Message = message };
            Save();
            return _journal;
        }
    }

    /// <summary>Runs a whole operation and closes its journal, whichever way it ends.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> operation)
    {
        try
        {
            var result = await operation().ConfigureAwait(false);
            Complete(Outcome.Passed, null);
            return result;
        }
        catch (Exception failure)
        {
            Complete(Outcome.Failed, Reason(failure));
            throw;
        }
    }

    private static string Reason(Exception failure) => failure is OperationCanceledException ? Stopped : failure.Message;

    private int Begin(string name)
    {
        lock (_gate)
        {
            _journal = _journal with
            {
                Steps = [.. _journal.Steps, new JournalStep { Name = name, StartedAt = DateTimeOffset.UtcNow }],
            };
            Save();
            return _journal.Steps.Count - 1;
        }
    }

    private void End(int index, Outcome outcome, TimeSpan duration, long? bytes, string? detail)
    {
        lock (_gate)
        {
            var steps = _journal.Steps.ToArray();
            steps[index] = steps[index] with { Outcome = outcome, Duration = duration, Bytes = bytes, Detail = detail };
            _journal = _journal with { Steps = steps };
            Save();
        }
    }

    private void Save()
    {
        foreach (var store in _stores)
        {
            try
            {
                store.Save(_journal);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // The journal must not cost the data: a full repository is told by the operation itself.
                _observer.Verbose($"The journal could not be written: {failure.Message}");
            }
        }
    }
}
