using System.Collections.Concurrent;
using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace LettaDr.Cmdlets;

/// <summary>
/// Runs a cmdlet's asynchronous work on the thread pool while the pipeline thread carries out what it asks of PowerShell.
/// </summary>
/// <remarks>
/// A downstream command that throws, or stops the pipeline, ends the pump without StopProcessing being called. So leaving the
/// pump, by whatever way, cancels the work and waits for it: nothing goes on behind a pipeline that is gone.
/// </remarks>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private BlockingCollection<Action>? _requests;
    private int _pipelineThread;

    /// <summary>Asynchronous counterpart of BeginProcessing.</summary>
    protected virtual Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Asynchronous counterpart of ProcessRecord.</summary>
    protected virtual Task ProcessAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Asynchronous counterpart of EndProcessing.</summary>
    protected virtual Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Pump(BeginAsync);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Pump(ProcessAsync);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Pump(EndAsync);

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The engine may stop a pipeline whose cmdlets it has already disposed of.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stopping.Dispose();
        }
    }

    /// <summary>Writes an object to the pipeline; from any thread.</summary>
    protected new void WriteObject(object? value) => Request(() => base.WriteObject(value));

    /// <summary>Writes an object, or each of its elements; from any thread.</summary>
    protected new void WriteObject(object? value, bool enumerateCollection) =>
        Request(() => base.WriteObject(value, enumerateCollection));

    /// <summary>Writes to the verbose stream; from any thread.</summary>
    protected new void WriteVerbose(string text) => Request(() => base.WriteVerbose(text));

    /// <summary>Writes to the warning stream; from any thread.</summary>
    protected new void WriteWarning(string text) => Request(() => base.WriteWarning(text));

    /// <summary>Writes progress; from any thread.</summary>
    protected new void WriteProgress(ProgressRecord record) => Request(() => base.WriteProgress(record));

    /// <summary>Writes a non-terminating error; from any thread.</summary>
    protected new void WriteError(ErrorRecord record) => Request(() => base.WriteError(record));

    /// <summary>Writes what <paramref name="exception"/> says as a non-terminating error, so that the next item goes on.</summary>
    protected void WriteFault(Exception exception, object? target = null) =>
        WriteError(ErrorCatalogue.ToErrorRecord(exception, target));

    /// <summary>Asks ShouldProcess on the pipeline thread; the work waits for the answer.</summary>
    /// <param name="description">What -WhatIf prints.</param>
    /// <param name="warning">What -Confirm asks.</param>
    /// <param name="caption">The caption above the question.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    protected Task<bool> ShouldProcessAsync(
        string description, string warning, string caption, CancellationToken cancellationToken) =>
        AskAsync(() => base.ShouldProcess(description, warning, caption), cancellationToken);

    /// <summary>Asks ShouldProcess on the pipeline thread; the work waits for the answer.</summary>
    protected Task<bool> ShouldProcessAsync(string target, string action, CancellationToken cancellationToken) =>
        AskAsync(() => base.ShouldProcess(target, action), cancellationToken);

    /// <summary>Runs a question to PowerShell on the pipeline thread; the work waits for the answer.</summary>
    protected async Task<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Request(() => answer.SetResult(question()));
        return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does long work on the pipeline thread. Once it has begun, its end is waited for, whatever is cancelled.</summary>
    /// <param name="work">The work; it has to end by itself when it is cancelled.</param>
    /// <param name="cancellationToken">Keeps it from beginning.</param>
    protected async Task<T> PerformAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Request(() =>
        {
            if (!begun.TrySetResult())
            {
                return;
            }

            try
            {
                ended.SetResult(work());
            }
            catch (Exception failure)
            {
                ended.SetException(failure);
            }
        });
        using (cancellationToken.Register(() => begun.TrySetCanceled(cancellationToken)))
        {
            await begun.Task.ConfigureAwait(false);
        }

        return await ended.Task.ConfigureAwait(false);
    }

    private void Request(Action action)
    {
        if (Environment.CurrentManagedThreadId == _pipelineThread)
        {
            action();
            return;
        }

        try
        {
            _requests?.Add(action);
        }
        catch (InvalidOperationException)
        {
            // The pump has ended: nobody listens, and the work is being cancelled.
        }
    }

    private void Pump(Func<CancellationToken, Task> work)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        using var requests = new BlockingCollection<Action>();
        _requests = requests;
        _pipelineThread = Environment.CurrentManagedThreadId;
        var token = cancellation.Token;
        var worker = Task.Run(async () =>
        {
            try
            {
                await work(token).ConfigureAwait(false);
            }
            finally
            {
                requests.CompleteAdding();
            }
        });

        try
        {
            foreach (var request in requests.GetConsumingEnumerable())
            {
                request();
            }
        }
        finally
        {
            cancellation.Cancel();
            ((IAsyncResult)worker).AsyncWaitHandle.WaitOne();
            _requests = null;
            _pipelineThread = 0;
        }

        Conclude(worker);
    }

    private void Conclude(Task worker)
    {
        if (worker.IsCanceled || (_stopping.IsCancellationRequested && worker.IsFaulted))
        {
            throw new PipelineStoppedException();
        }

        if (worker.Exception?.InnerException is not { } exception)
        {
            return;
        }

        if (exception is RuntimeException or PipelineStoppedException)
        {
            ExceptionDispatchInfo.Throw(exception);
        }

        ThrowTerminatingError(ErrorCatalogue.ToErrorRecord(exception, target: null));
    }
}
