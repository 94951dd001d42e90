using System.Management.Automation;
using System.Text;

namespace LettaDr.Console;

/// <summary>
/// Runs commands piped in, each as soon as its line is read. As in pwsh, a statement that its first line leaves open goes
/// on to the next blank line, or to the end.
/// </summary>
internal sealed class StandardInputLoop(ConsoleHost host, PipelineRunner runner, Action<RuntimeException> report)
{
    private bool _stopped;

    /// <summary>Runs all of standard input.</summary>
    /// <returns>0, or 1 when the last command failed.</returns>
    public int Run()
    {
        var block = new StringBuilder();
        bool succeeded = true;
        while (host.RequestedExitCode is null && !_stopped)
        {
            string? line = System.Console.In.ReadLine();
            bool ended = line is null;
            if (!string.IsNullOrWhiteSpace(line))
            {
                bool goesOn = block.Length > 0;
                block.Append(line).Append('\n');
                if (goesOn || Completeness.IsIncomplete(block.ToString()))
                {
                    continue;
                }
            }

            string text = block.ToString();
            if (text.Length > 0 && (ended || !Completeness.IsIncomplete(text)))
            {
                block.Clear();
                succeeded = Execute(text);
            }

            if (ended)
            {
                break;
            }
        }

        return succeeded ? ExitCode.Success : ExitCode.Failure;
    }

    private bool Execute(string text)
    {
        RuntimeException? error = runner.RunScript(text, addToHistory: true);
        if (error is null)
        {
            return runner.LastSucceeded();
        }

        _stopped = error is PipelineStoppedException;
        report(error);
        return false;
    }
}
