using System.Management.Automation;
using System.Text;

namespace LettaDr.Console;

/// <summary>Progress bars below the text of a terminal, redrawn at most ten times a second.</summary>
internal sealed class ProgressPane : IProgressDisplay, ITerminalOverlay
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly Terminal _terminal;

    private readonly ProgressTree _tree = new();

    private readonly Lock _treeGate = new();

    private readonly Timer _timer;

    private bool _changed;

    private bool _ticking;

    private bool _suspended;

    private int _rowsShown;

    /// <summary>Makes the pane; nothing is drawn before something is reported.</summary>
    public ProgressPane(Terminal terminal)
    {
        _terminal = terminal;
        _timer = new Timer(_ => Draw(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        terminal.SetOverlay(this);
    }

    /// <inheritdoc/>
    public void Report(long sourceId, ProgressRecord record)
    {
        lock (_treeGate)
        {
            _tree.Report(sourceId, record);
            _changed = true;
            Tick(!_tree.IsEmpty || _rowsShown > 0);
        }
    }

    /// <inheritdoc/>
    public void Clear()
    {
        lock (_treeGate)
        {
            _tree.Clear();
            Tick(false);
        }

        _terminal.Exclusively(() => { });
    }

    /// <inheritdoc/>
    public void Suspend() => _terminal.Exclusively(() => _suspended = true);

    /// <inheritdoc/>
    public void Resume() => _terminal.Exclusively(() => (_suspended, _changed) = (false, true));

    /// <inheritdoc/>
    public void Hide()
    {
        if (_rowsShown > 0)
        {
            System.Console.Error.Write(ToFirstRow() + "\e[J");
            _rowsShown = 0;
        }
    }

    /// <inheritdoc/>
    public void ShowAgain() => _changed = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        Clear();
        _timer.Dispose();
    }

    private void Tick(bool wanted)
    {
        if (wanted != _ticking)
        {
            _ticking = wanted;
            TimeSpan period = wanted ? Period : Timeout.InfiniteTimeSpan;
            _timer.Change(period, period);
        }
    }

    private void Draw() => _terminal.DrawIfFree(() =>
    {
        // A line begun by Write-Host -NoNewline or a prompt is not drawn over; the pane waits until it ends.
        if (!_changed || _suspended || (_rowsShown == 0 && !_terminal.AtLineStart))
        {
            return;
        }

        string[] rows;
        lock (_treeGate)
        {
            rows = ProgressRows.Render(_tree, _terminal.Width - 1, Math.Max(2, _terminal.Height - 4), _terminal.ErrorHasColour);
            _changed = false;
            if (rows.Length == 0)
            {
                Tick(false);
            }
        }

        var drawn = new StringBuilder(ToFirstRow());
        for (int i = 0; i < rows.Length; i++)
        {
            drawn.Append(rows[i]).Append("\e[K").Append(i < rows.Length - 1 ? "\n" : string.Empty);
        }

        System.Console.Error.Write(drawn.Append("\e[J"));
        _rowsShown = rows.Length;
    });

    private string ToFirstRow() => _rowsShown > 1 ? $"\r\e[{_rowsShown - 1}A" : "\r";
}
