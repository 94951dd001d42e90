namespace LettaDr.Console;

/// <summary>The keys that change the text or move in it, as in most shells.</summary>
internal static class EditingKeys
{
    /// <summary>Does what a key stands for; inserts it when it is a character.</summary>
    public static void Apply(EditBuffer buffer, ConsoleKeyInfo key)
    {
        switch (key.Modifiers & (ConsoleModifiers.Control | ConsoleModifiers.Alt))
        {
            case ConsoleModifiers.Control:
                WithControl(buffer, key);
                break;
            case ConsoleModifiers.Alt:
                WithAlt(buffer, key);
                break;
            default:
                Plain(buffer, key);
                break;
        }
    }

    private static void Plain(EditBuffer buffer, ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow:
                buffer.MoveTo(buffer.Previous());
                break;
            case ConsoleKey.RightArrow:
                buffer.MoveTo(buffer.Next());
                break;
            case ConsoleKey.Home:
                buffer.MoveTo(buffer.LineStart());
                break;
            case ConsoleKey.End:
                buffer.MoveTo(buffer.LineEnd());
                break;
            case ConsoleKey.Backspace:
                buffer.Delete(buffer.Previous());
                break;
            case ConsoleKey.Delete:
                buffer.Delete(buffer.Next());
                break;
            case ConsoleKey.Escape:
                buffer.Set(string.Empty);
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                {
                    buffer.Insert(key.KeyChar.ToString());
                }

                break;
        }
    }

    private static void WithControl(EditBuffer buffer, ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.A:
                buffer.MoveTo(buffer.LineStart());
                break;
            case ConsoleKey.E:
                buffer.MoveTo(buffer.LineEnd());
                break;
            case ConsoleKey.B:
                buffer.MoveTo(buffer.Previous());
                break;
            case ConsoleKey.F:
                buffer.MoveTo(buffer.Next());
                break;
            case ConsoleKey.D:
                buffer.Delete(buffer.Next());
                break;
            case ConsoleKey.H or ConsoleKey.Backspace:
                buffer.Delete(buffer.Previous());
                break;
            case ConsoleKey.LeftArrow:
                buffer.MoveTo(buffer.PreviousWord());
                break;
            case ConsoleKey.RightArrow:
                buffer.MoveTo(buffer.NextWord());
                break;
            case ConsoleKey.K:
                buffer.Cut(buffer.LineEnd());
                break;
            case ConsoleKey.U:
                buffer.Cut(buffer.LineStart());
                break;
            case ConsoleKey.W:
                buffer.Cut(buffer.PreviousWord());
                break;
            case ConsoleKey.Y:
                buffer.Insert(buffer.Removed);
                break;
            default:
                break;
        }
    }

    private static void WithAlt(EditBuffer buffer, ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.B or ConsoleKey.LeftArrow:
                buffer.MoveTo(buffer.PreviousWord());
                break;
            case ConsoleKey.F or ConsoleKey.RightArrow:
                buffer.MoveTo(buffer.NextWord());
                break;
            case ConsoleKey.D:
                buffer.Cut(buffer.NextWord());
                break;
            case ConsoleKey.Backspace:
                buffer.Cut(buffer.PreviousWord());
                break;
            default:
                break;
        }
    }
}
