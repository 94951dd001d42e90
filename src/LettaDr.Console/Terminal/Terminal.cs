namespace LettaDr.Console;

/// <summary>
/// The three standard streams: which of them are a terminal, whether colours may be used, and all writing. Writing is
/// kept apart from the progress pane: what is written goes above it.
/// </summary>
internal sealed class Terminal
{
    private const int WidthElsewhere = 120;

    private const int HeightElsewhere = 50;

    private readonly Lock _gate = new();

    private ITerminalOverlay? _overlay;

    /// <summary>Looks at the streams and the environment.</summary>
    /// <param name="nonInteractive">Whether nobody is there to answer, even if there is a terminal.</param>
    public Terminal(bool nonInteractive)
    {
        bool plain = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        bool dumb = Environment.GetEnvironmentVariable("TERM") is "dumb";
        NonInteractive = nonInteractive;
        InputIsTerminal = !System.Console.IsInputRedirected;
        OutputIsTerminal = !System.Console.IsOutputRedirected;
        ErrorIsTerminal = !System.Console.IsErrorRedirected;
        OutputHasColour = OutputIsTerminal && !plain && !dumb;
        ErrorHasColour = ErrorIsTerminal && !plain && !dumb;
        CanMoveCursor = ErrorIsTerminal && !dumb;
    }

    /// <summary>Whether prompts are refused.</summary>
    public bool NonInteractive { get; }

    /// <summary>Whether somebody types.</summary>
    public bool InputIsTerminal { get; }

    /// <summary>Whether somebody reads standard output.</summary>
    public bool OutputIsTerminal { get; }

    /// <summary>Whether somebody reads standard error.</summary>
    public bool ErrorIsTerminal { get; }

    /// <summary>Whether standard output may carry colours.</summary>
    public bool OutputHasColour { get; }

    /// <summary>Whether standard error may carry colours.</summary>
    public bool ErrorHasColour { get; }

    /// <summary>Whether standard error is a terminal on which lines can be drawn over.</summary>
    public bool CanMoveCursor { get; }

    /// <summary>Whether what was written last ended its line.</summary>
    public bool AtLineStart { get; private set; } = true;

    /// <summary>Columns of the terminal; 120 when there is none, so that logs do not depend on who reads them.</summary>
    public int Width => AnyTerminal ? Measured(System.Console.WindowWidth, WidthElsewhere) : WidthElsewhere;

    /// <summary>Rows of the terminal; 50 when there is none.</summary>
    public int Height => AnyTerminal ? Measured(System.Console.WindowHeight, HeightElsewhere) : HeightElsewhere;

    private bool AnyTerminal => OutputIsTerminal || ErrorIsTerminal;

    /// <summary>Sets what is drawn below the text, and taken away while text is written.</summary>
    public void SetOverlay(ITerminalOverlay overlay) => _overlay = overlay;

    /// <summary>Writes to standard output, without its colours when they are not wanted.</summary>
    public void WriteOutput(string text) => Write(System.Console.Out, OutputIsTerminal, OutputHasColour, text);

    /// <summary>Writes what somebody at the keyboard is to answer: to whichever stream they see.</summary>
    public void WritePrompt(string text)
    {
        if (OutputIsTerminal || !ErrorIsTerminal)
        {
            WriteOutput(text);
        }
        else
        {
            WriteError(text);
        }
    }

    /// <summary>The stream that <see cref="WritePrompt"/> writes to.</summary>
    public TextWriter PromptWriter => OutputIsTerminal || !ErrorIsTerminal ? System.Console.Out : System.Console.Error;

    /// <summary>Writes to standard error, without its colours when they are not wanted.</summary>
    public void WriteError(string text) => Write(System.Console.Error, ErrorIsTerminal, ErrorHasColour, text);

    /// <summary>Does something while the overlay is away and nobody else writes.</summary>
    public void Exclusively(Action action)
    {
        lock (_gate)
        {
            _overlay?.Hide();
            action();
        }
    }

    /// <summary>Draws the overlay, unless somebody has the terminal for longer: then it would be in their way.</summary>
    public void DrawIfFree(Action draw)
    {
        if (_gate.TryEnter())
        {
            try
            {
                draw();
            }
            finally
            {
                _gate.Exit();
            }
        }
    }

    /// <summary>Says that the cursor stands at the start of a line, as after a line was typed.</summary>
    public void LineEnded() => AtLineStart = true;

    /// <summary>Looks where the cursor stands, after somebody else wrote: another program, or the echo of Ctrl+C.</summary>
    public void FindLineStart() =>
        AtLineStart = !OutputIsTerminal || (InputIsTerminal && System.Console.CursorLeft == 0);

    private static int Measured(int size, int otherwise) => size > 0 ? size : otherwise;

    private void Write(TextWriter writer, bool isTerminal, bool hasColour, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        string shown = hasColour ? text : ConsoleColours.Without(text);
        lock (_gate)
        {
            if (!isTerminal)
            {
                writer.Write(shown);
                return;
            }

            _overlay?.Hide();
            writer.Write(shown);
            AtLineStart = shown.EndsWith('\n');
            _overlay?.ShowAgain();
        }
    }
}
