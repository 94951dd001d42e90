namespace LettaDr.Console;

/// <summary>Edits a line, or several, at a terminal: cursor keys, history, search, completion.</summary>
internal sealed class LineEditor(Terminal terminal, KeyReader keys, InputHistory? history, TabCompletion? completion)
{
    private readonly EditBuffer _buffer = new();

    private LinePainter _painter = null!;

    private HistoryWalk _walk = null!;

    private string _prompt = string.Empty;

    private bool _tabbed;

    /// <summary>Writes a prompt and reads behind it.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="continuation">What further lines of the same text begin with.</param>
    /// <param name="isIncomplete">Whether Enter is to begin a further line instead of ending the text.</param>
    public EditedLine Read(string prompt, string continuation, Func<string, bool> isIncomplete)
    {
        // From the first letter of the prompt on, so that no key typed ahead is taken for a signal or shown twice.
        using IDisposable taken = KeyReader.Begin();
        _prompt = prompt;
        terminal.WritePrompt(prompt);
        return Edit(PromptColumns(), continuation, isIncomplete);
    }

    /// <summary>Reads one line from where the cursor stands, behind whatever a command wrote.</summary>
    public EditedLine ReadHere()
    {
        using IDisposable taken = KeyReader.Begin();
        return Edit(terminal.OutputIsTerminal ? System.Console.CursorLeft : 0, string.Empty, _ => false);
    }

    private EditedLine Edit(int column, string continuation, Func<string, bool> isIncomplete)
    {
        _painter = new LinePainter(terminal, continuation);
        _painter.Begin(column);
        _walk = new HistoryWalk(history);
        _buffer.Set(string.Empty);
        while (true)
        {
            if (keys.Read() is not { } key)
            {
                return Ended(EditedLineKind.Cancelled);
            }

            if (key is { Key: ConsoleKey.R, Modifiers: ConsoleModifiers.Control } && history is not null)
            {
                ConsoleKeyInfo? next = new HistorySearch(_walk, keys, _painter).Run(out string? found);
                _buffer.Set(found ?? _buffer.Text);
                _painter.Paint(_buffer.Text, _buffer.Cursor);
                if (next is null)
                {
                    continue;
                }

                key = next.Value;
            }

            switch (key)
            {
                case { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }:
                    return Ended(EditedLineKind.Cancelled);
                case { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } when _buffer.Text.Length == 0:
                    return Ended(EditedLineKind.EndOfInput);
                case { Key: ConsoleKey.Enter, Modifiers: ConsoleModifiers.None } or { KeyChar: '\n' }
                    when !isIncomplete(_buffer.Text):
                    history?.Add(_buffer.Text);
                    return Ended(EditedLineKind.Entered);
                case { Key: ConsoleKey.Enter } or { KeyChar: '\n' }:
                    _buffer.MoveTo(_buffer.Text.Length);
                    _buffer.Insert("\n");
                    break;
                case { Key: ConsoleKey.Tab } when completion is not null:
                    Complete();
                    break;
                case { Key: ConsoleKey.L, Modifiers: ConsoleModifiers.Control }:
                    ClearScreen();
                    break;
                case { Key: ConsoleKey.UpArrow or ConsoleKey.DownArrow }
                    or { Key: ConsoleKey.P or ConsoleKey.N, Modifiers: ConsoleModifiers.Control }:
                    Recall(back: key.Key is ConsoleKey.UpArrow or ConsoleKey.P);
                    break;
                default:
                    EditingKeys.Apply(_buffer, key);
                    break;
            }

            _tabbed = key.Key == ConsoleKey.Tab;
            if (!System.Console.KeyAvailable)
            {
                // While more is waiting, as after a paste, drawing each step would only flicker.
                _painter.Paint(_buffer.Text, _buffer.Cursor);
            }
        }
    }

    private int PromptColumns() => ScreenLayout.Columns(ConsoleColours.Without(_prompt[(_prompt.LastIndexOf('\n') + 1)..]));

    private EditedLine Ended(EditedLineKind kind)
    {
        _painter.End(_buffer.Text);
        terminal.LineEnded();
        return new EditedLine(kind, kind == EditedLineKind.Entered ? _buffer.Text : string.Empty);
    }

    private void Recall(bool back)
    {
        if (!_buffer.MoveLine(down: !back) && _walk.Step(_buffer.Text, back) is { } line)
        {
            _buffer.Set(line);
        }
    }

    private void ClearScreen()
    {
        terminal.PromptWriter.Write("\e[H\e[2J");
        terminal.WritePrompt(_prompt);
        _painter.Begin(PromptColumns());
    }

    private void Complete()
    {
        if (completion!.At(_buffer.Text, _buffer.Cursor) is not { } found)
        {
            return;
        }

        string common = found.CompletionMatches.Count == 1
            ? found.CompletionMatches[0].CompletionText
            : TabCompletion.CommonStart(found);
        bool adds = common.Length > found.ReplacementLength;
        if (adds || found.CompletionMatches.Count == 1)
        {
            _buffer.Replace(found.ReplacementIndex, found.ReplacementLength, common);
        }
        else if (_tabbed)
        {
            _painter.End(_buffer.Text);
            string[] names = [.. found.CompletionMatches.Select(match => match.ListItemText)];
            terminal.WritePrompt(CompletionList.Render(names, terminal.Width));
            terminal.WritePrompt(_prompt);
            _painter.Begin(PromptColumns());
        }
    }
}
