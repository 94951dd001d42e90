using System.Management.Automation.Host;

namespace LettaDr.Console;

/// <summary>Size, colours and keys of the terminal; 120 columns and no colours where there is none.</summary>
internal sealed class ConsoleRawUserInterface(Terminal terminal) : PSHostRawUserInterface
{
    /// <inheritdoc/>
    public override ConsoleColor ForegroundColor { get; set; } = (ConsoleColor)(-1);

    /// <inheritdoc/>
    public override ConsoleColor BackgroundColor { get; set; } = (ConsoleColor)(-1);

    /// <inheritdoc/>
    public override Coordinates CursorPosition
    {
        get => terminal.OutputIsTerminal && terminal.InputIsTerminal
            ? new Coordinates(System.Console.CursorLeft, System.Console.CursorTop)
            : default;
        set
        {
            if (terminal.OutputIsTerminal)
            {
                System.Console.SetCursorPosition(value.X, value.Y);
            }
        }
    }

    /// <inheritdoc/>
    public override int CursorSize { get; set; } = 25;

    /// <inheritdoc/>
    public override Coordinates WindowPosition { get; set; }

    /// <inheritdoc/>
    public override Size BufferSize
    {
        get => new(terminal.Width, terminal.Height);
        set => throw Unsupported();
    }

    /// <inheritdoc/>
    public override Size WindowSize
    {
        get => BufferSize;
        set => throw Unsupported();
    }

    /// <inheritdoc/>
    public override Size MaxWindowSize => BufferSize;

    /// <inheritdoc/>
    public override Size MaxPhysicalWindowSize => BufferSize;

    /// <inheritdoc/>
    public override string WindowTitle
    {
        get => _title;
        set
        {
            _title = value;
            if (terminal.OutputHasColour)
            {
                System.Console.Title = value;
            }
        }
    }

    private string _title = "lettadr";

    /// <inheritdoc/>
    public override bool KeyAvailable => terminal.InputIsTerminal && System.Console.KeyAvailable;

    /// <inheritdoc/>
    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        if (terminal.NonInteractive || !terminal.InputIsTerminal)
        {
            throw new InvalidOperationException("A key cannot be read: nobody is at a keyboard.");
        }

        ConsoleKeyInfo key = System.Console.ReadKey(intercept: options.HasFlag(ReadKeyOptions.NoEcho));
        ControlKeyStates state = default;
        state |= key.Modifiers.HasFlag(ConsoleModifiers.Shift) ? ControlKeyStates.ShiftPressed : default;
        state |= key.Modifiers.HasFlag(ConsoleModifiers.Alt) ? ControlKeyStates.LeftAltPressed : default;
        state |= key.Modifiers.HasFlag(ConsoleModifiers.Control) ? ControlKeyStates.LeftCtrlPressed : default;
        return new KeyInfo((int)key.Key, key.KeyChar, state, keyDown: true);
    }

    /// <inheritdoc/>
    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
        {
            System.Console.ReadKey(intercept: true);
        }
    }

    /// <inheritdoc/>
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Unsupported();

    /// <summary>Only the whole screen can be filled, with blanks: what Clear-Host asks for.</summary>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        if (fill.Character != ' ' || rectangle.Left > 0 || rectangle.Top > 0)
        {
            throw Unsupported();
        }

        if (terminal.OutputIsTerminal)
        {
            System.Console.Clear();
        }
    }

    /// <inheritdoc/>
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported();

    /// <inheritdoc/>
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw Unsupported();

    private static NotSupportedException Unsupported() =>
        new("A terminal's size and contents cannot be read or set from here.");
}
