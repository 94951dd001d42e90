using System.Management.Automation;

namespace LettaDr.Console;

/// <summary>Reads commands at a prompt and runs them, until exit, Ctrl+D or a signal.</summary>
internal sealed class PromptLoop(
    ConsoleHost host, PipelineRunner runner, BreakHandler interruption, Action<RuntimeException> report)
{
    private readonly LineEditor _editor = new(
        host.Terminal,
        new KeyReader(interruption),
        new InputHistory(InputHistory.DefaultFile),
        new TabCompletion(runner));

    /// <summary>Runs the outermost prompt.</summary>
    /// <param name="manifest">Where the module came from, for the greeting; empty without a module, null for no greeting.</param>
    /// <returns>0, or what <c>exit</c> asked for.</returns>
    public int Run(string? manifest)
    {
        interruption.EndsWhenIdle = false;
        if (manifest is not null)
        {
            host.UI.WriteLine(Banner.Version);
            host.UI.WriteLine(manifest.Length == 0
                ? "Without the LettaDr module."
                : "Get-Command -Module LettaDr lists its commands; Get-Help about_LettaDr explains them.");
            host.UI.WriteLine(string.Empty);
        }

        Read(() => host.RequestedExitCode is not null || interruption.ExitCodeOfSignal is not null);
        return host.RequestedExitCode ?? ExitCode.Success;
    }

    /// <summary>Runs a prompt within a command that waits (Suspend in a confirmation), until <c>exit</c>.</summary>
    public void RunNested(Func<bool> ended) => Read(() => ended() || interruption.ExitCodeOfSignal is not null);

    private void Read(Func<bool> ended)
    {
        while (!ended())
        {
            interruption.Forget();
            EditedLine line = _editor.Read(PromptText(), ">> ", Completeness.IsIncomplete);
            if (line.Kind == EditedLineKind.EndOfInput)
            {
                return;
            }

            if (line.Kind != EditedLineKind.Entered || string.IsNullOrWhiteSpace(line.Text))
            {
                continue;
            }

            if (runner.RunScript(line.Text, addToHistory: true) is { } error)
            {
                report(error);
            }

            host.UserInterface.Progress.Clear();
            host.Terminal.FindLineStart();
            if (!host.Terminal.AtLineStart)
            {
                host.Terminal.WriteOutput("\n");
            }
        }
    }

    private string PromptText()
    {
        try
        {
            using PowerShell shell = runner.CreateShell();
            string text = string.Concat(shell.AddCommand("prompt").Invoke<string>());
            return text.Length == 0 ? "PS> " : text;
        }
        catch (RuntimeException)
        {
            return "PS> ";
        }
    }
}
