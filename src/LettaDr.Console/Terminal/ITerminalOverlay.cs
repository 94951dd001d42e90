namespace LettaDr.Console;

/// <summary>What is drawn below the text of a terminal and must make way for it. Called with the terminal's lock held.</summary>
internal interface ITerminalOverlay
{
    /// <summary>Takes it away; the cursor is where it was before it was drawn.</summary>
    void Hide();

    /// <summary>Draws it again soon, if there is anything to draw.</summary>
    void ShowAgain();
}
