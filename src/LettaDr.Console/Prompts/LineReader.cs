using System.Management.Automation;
using System.Security;

namespace LettaDr.Console;

/// <summary>Reads answers for commands that ask: a line, or a secret that is not shown. From a pipe, a line as it is.</summary>
internal sealed class LineReader(Terminal terminal, KeyReader keys, IInterruption interruption)
{
    /// <summary>Reads a line.</summary>
    /// <exception cref="PipelineStoppedException">Ctrl+C was pressed; the pipeline is being stopped.</exception>
    /// <exception cref="PSInvalidOperationException">Standard input has ended.</exception>
    public string ReadLine()
    {
        if (!terminal.InputIsTerminal)
        {
            return System.Console.In.ReadLine() ?? throw InputEnded();
        }

        EditedLine line = default;
        terminal.Exclusively(() => line = new LineEditor(terminal, keys, history: null, completion: null).ReadHere());
        terminal.LineEnded();
        return line.Kind switch
        {
            EditedLineKind.Entered => line.Text,
            EditedLineKind.EndOfInput => throw InputEnded(),
            _ => throw Stopped(),
        };
    }

    /// <summary>Reads a secret; nothing is shown, not even its length.</summary>
    /// <exception cref="PipelineStoppedException">Ctrl+C was pressed; the pipeline is being stopped.</exception>
    /// <exception cref="PSInvalidOperationException">Standard input has ended.</exception>
    public SecureString ReadSecret()
    {
        var secret = new SecureString();
        if (!terminal.InputIsTerminal)
        {
            foreach (char c in System.Console.In.ReadLine() ?? throw InputEnded())
            {
                secret.AppendChar(c);
            }
        }
        else
        {
            terminal.Exclusively(() => ReadKeys(secret));
        }

        secret.MakeReadOnly();
        return secret;
    }

    private void ReadKeys(SecureString secret)
    {
        using IDisposable taken = KeyReader.Begin();
        while (true)
        {
            ConsoleKeyInfo? read = keys.Read();
            switch (read)
            {
                case null or { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }:
                    terminal.PromptWriter.Write("\n");
                    throw Stopped();
                case { Key: ConsoleKey.Enter } or { KeyChar: '\n' }:
                    terminal.PromptWriter.Write("\n");
                    terminal.LineEnded();
                    return;
                case { Key: ConsoleKey.Backspace } when secret.Length > 0:
                    secret.RemoveAt(secret.Length - 1);
                    break;
                case { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control }:
                    secret.Clear();
                    break;
                case { KeyChar: var c } when !char.IsControl(c):
                    secret.AppendChar(c);
                    break;
                default:
                    break;
            }
        }
    }

    private PipelineStoppedException Stopped()
    {
        terminal.LineEnded();
        interruption.Request();
        return new PipelineStoppedException();
    }

    private static PSInvalidOperationException InputEnded() =>
        new("A command asks for an answer, but standard input has ended; give the value as a parameter.");
}
