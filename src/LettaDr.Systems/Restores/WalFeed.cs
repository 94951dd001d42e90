namespace LettaDr.Systems;

/// <summary>
/// Lays the segments that a recovering server asks for into the exchange folder, and those after them before it asks: fetched one
/// by one, each waited for, replay would stand still between any two.
/// </summary>
internal sealed class WalFeed : IAsyncDisposable
{
    /// <summary>What the server runs for each file that it wants.</summary>
    public const string RestoreCommand = "sh " + RecoveryExchange.Mount + "/" + ScriptName + " %f %p";

    /// <summary>Segments fetched before they are asked for: 16 of the usual size are 256 MB.</summary>
    public const int DefaultAhead = 16;

    private const string ScriptName = "restore.sh";
    private const string NamesName = "names";
    private const string StopName = "stop";

    // What is not known is refused at once: the server asks for histories that may not be, and for segments of other timelines.
    private const string Script = $$"""
        d={{RecoveryExchange.Mount}}
        if [ ! -e "$d/wal/$1" ]; then
          grep -qxF -e "$1" "$d/{{NamesName}}" || exit 1
          : > "$d/wanted/$1"
          while [ ! -e "$d/wal/$1" ]; do
            if [ -e "$d/{{StopName}}" ]; then exit 1; fi
            sleep 0.01
          done
        fi
        cp "$d/wal/$1" "$2" || exit 1
        case $1 in
          *.history) ;;
          *) rm -f "$d/wanted/$1" && rm -f "$d/wal/$1" ;;
        esac
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly RecoveryExchange _exchange;
    private readonly RecoveryLog _log;
    private readonly Dictionary<string, int> _positions;
    private readonly int _ahead;
    private readonly Action<long> _onBytes;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _feeding;
    private int _next = -1;

    /// <param name="exchange">Where segments are laid.</param>
    /// <param name="log">What there is.</param>
    /// <param name="ahead">How many segments are fetched before they are asked for; 0 fetches each when it is.</param>
    /// <param name="onBytes">Called with the bytes laid out since the last call.</param>
    public WalFeed(RecoveryExchange exchange, RecoveryLog log, int ahead, Action<long> onBytes)
    {
        (_exchange, _log, _ahead, _onBytes) = (exchange, log, ahead, onBytes);
        _positions = log.Segments.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
        exchange.Write(ScriptName, Script);
        exchange.Write(NamesName, string.Join('\n', log.Segments) + "\n");
        foreach (var (name, text) in log.Histories)
        {
            exchange.Write($"wal/{name}", text);
        }

        _feeding = Task.Factory.StartNew(Feed, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Why feeding ended before its time; null when it did not.</summary>
    public Exception? Fault => _feeding.Exception?.InnerException;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await ((Task)_feeding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private void Feed()
    {
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                if (!FeedWanted() && !ReadAhead())
                {
                    Thread.Sleep(Pause);
                }
            }
        }
        catch
        {
            _exchange.Write(StopName, string.Empty);
            throw;
        }
    }

    private bool FeedWanted()
    {
        var missing = Positions(_exchange.WantedFolder).Except(Positions(_exchange.WalFolder)).Order().ToList();
        foreach (var position in missing)
        {
            Lay(position);
            // The server may go back, from the checkpoint's segment to the one where replay begins.
            _next = position + 1;
        }

        return missing.Count > 0;
    }

    private bool ReadAhead()
    {
        if (_next < 0 || _next >= _log.Segments.Count || _ahead == 0)
        {
            return false;
        }

        var lying = Positions(_exchange.WalFolder).ToHashSet();
        if (lying.Count(position => position >= _next - _ahead) >= _ahead)
        {
            return false;
        }

        if (!lying.Contains(_next))
        {
            Lay(_next);
        }

        _next++;
        return true;
    }

    private void Lay(int position)
    {
        var path = Path.Combine(_exchange.WalFolder, _log.Segments[position]);
        var temporary = path + ".tmp";
        using (var content = _log.Open(_log.Segments[position]))
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            content.CopyTo(file, 1 << 20);
            if (file.Length < _log.SegmentSize)
            {
                // One that was still being received: what is not written yet is nought.
                file.SetLength(_log.SegmentSize);
            }

            _onBytes(file.Length);
        }

        RecoveryExchange.LetRead(temporary);
        File.Move(temporary, path, overwrite: true);
    }

    private IEnumerable<int> Positions(string folder) => Directory.EnumerateFiles(folder)
        .Select(path => _positions.GetValueOrDefault(Path.GetFileName(path), -1)).Where(position => position >= 0);
}
