using System.Buffers;
using System.Collections.Concurrent;
using ZstdSharp;

namespace LettaDr.Systems;

/// <summary>
/// Passes a tar archive of pg_basebackup on that is compressed already, and keeps a copy of the manifest that it puts last; leaves the
/// destination open. A thread of its own reads along: what is stored does not wait for it.
/// </summary>
internal sealed class CompressedManifestTap : WriteOnlyStream
{
    private const int Ahead = 64;

    private readonly BlockingCollection<ArraySegment<byte>> _pieces = new(Ahead);
    private readonly Stream _destination;
    private readonly ManifestTap _tap;
    private readonly Task _reading;

    /// <param name="destination">Takes the archive as it comes.</param>
    /// <param name="onBytes">Called with the bytes of the archive, decompressed, since the last call.</param>
    public CompressedManifestTap(Stream destination, Action<long> onBytes)
    {
        _destination = destination;
        _tap = new ManifestTap(Null, onBytes);
        _reading = Task.Factory.StartNew(ReadAlong, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Reads to the end; the manifest.</summary>
    public byte[] Complete()
    {
        _pieces.CompleteAdding();
        _reading.GetAwaiter().GetResult();
        return _tap.Manifest;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _destination.Write(buffer);
        var piece = ArrayPool<byte>.Shared.Rent(buffer.Length);
        buffer.CopyTo(piece);
        _pieces.Add(new ArraySegment<byte>(piece, 0, buffer.Length));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_pieces.IsAddingCompleted)
        {
            _pieces.CompleteAdding();
            _reading.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        }
    }

    private void ReadAlong()
    {
        try
        {
            using var decompression = new DecompressionStream(new PieceStream(_pieces));
            decompression.CopyTo(_tap, 1 << 20);
        }
        catch (Exception damaged) when (damaged is ZstdException or EndOfStreamException)
        {
            throw new LettaDrException(
                "CopyUnreadable", FaultKind.DataCorrupt, $"What pg_basebackup wrote cannot be decompressed: {damaged.Message.TrimEnd('.')}.",
                "Nothing was published. Run the command again.", null, damaged);
        }
        finally
        {
            // Whoever writes must never wait for a reader that has gone.
            foreach (var left in _pieces.GetConsumingEnumerable())
            {
                ArrayPool<byte>.Shared.Return(left.Array!);
            }
        }
    }

    private sealed class PieceStream(BlockingCollection<ArraySegment<byte>> pieces) : ReadOnlyStream
    {
        private ArraySegment<byte> _piece;
        private int _taken;

        public override int Read(Span<byte> buffer)
        {
            if (_taken == _piece.Count)
            {
                if (_piece.Array is { } used)
                {
                    ArrayPool<byte>.Shared.Return(used);
                }

                (_piece, _taken) = (default, 0);
                if (!pieces.TryTake(out _piece, Timeout.Infinite))
                {
                    return 0;
                }
            }

            var length = Math.Min(buffer.Length, _piece.Count - _taken);
            _piece.AsSpan(_taken, length).CopyTo(buffer);
            _taken += length;
            return length;
        }
    }
}
