namespace LettaDr.Console;

/// <summary>Chooses how progress is shown.</summary>
internal static class ProgressDisplay
{
    /// <summary>Bars on a terminal where somebody watches; an occasional line of plain text elsewhere.</summary>
    public static IProgressDisplay For(Terminal terminal) => terminal.CanMoveCursor && !terminal.NonInteractive
        ? new ProgressPane(terminal)
        : new PlainProgress(terminal, TimeProvider.System);
}
