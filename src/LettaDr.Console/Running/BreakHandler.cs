using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LettaDr.Console;

/// <summary>
/// Ctrl+C, SIGTERM and SIGHUP. Each stops what runs and lets it end its work; nothing ever abandons that work. Asked
/// again meanwhile, it says what it waits for. SIGTERM and SIGHUP end the process afterwards, Ctrl+C only the command.
/// </summary>
internal sealed class BreakHandler : IInterruption, IDisposable
{
    private readonly Terminal _terminal;

    private readonly PipelineRunner _runner;

    private readonly PosixSignalRegistration[] _registrations;

    private long _requestedAt;

    /// <summary>Takes over the signals.</summary>
    public BreakHandler(Terminal terminal, PipelineRunner runner)
    {
        _terminal = terminal;
        _runner = runner;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnInterrupt),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnEnd(context, ExitCode.Terminated)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => OnEnd(context, ExitCode.HungUp)),
        ];
        runner.Ended += Forget;
    }

    /// <inheritdoc/>
    public bool IsRequested => Interlocked.Read(ref _requestedAt) != 0 || ExitCodeOfSignal is not null;

    /// <summary>The exit code that a signal asks for; null while none asked to end.</summary>
    public int? ExitCodeOfSignal { get; private set; }

    /// <summary>Whether Ctrl+C ends the process when no command runs; not so at a prompt.</summary>
    public bool EndsWhenIdle { get; set; } = true;

    /// <inheritdoc/>
    public void Request()
    {
        Interlocked.CompareExchange(ref _requestedAt, Stopwatch.GetTimestamp(), 0);
        _runner.Stop();
    }

    /// <summary>Forgets a request that came when what it was meant for had just ended.</summary>
    public void Forget() => Interlocked.Exchange(ref _requestedAt, 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void OnInterrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_runner.IsRunning)
        {
            RequestOrTell();
        }
        else if (EndsWhenIdle)
        {
            Environment.Exit(ExitCode.Failure);
        }
    }

    private void OnEnd(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        ExitCodeOfSignal = exitCode;
        if (_runner.IsRunning)
        {
            RequestOrTell();
        }
        else
        {
            // At the prompt nothing is under way that could be lost; the main thread is waiting for a key.
            Environment.Exit(exitCode);
        }
    }

    private void RequestOrTell()
    {
        long since = Interlocked.Read(ref _requestedAt);
        if (since == 0)
        {
            Request();
            return;
        }

        _terminal.WriteError(
            $"lettadr: stopping since {Stopwatch.GetElapsedTime(since).TotalSeconds:0} s; waiting for {_runner.Running} "
            + "to end its work. It is not abandoned: what it began is being undone or finished.\n");
    }
}
