using Npgsql;

namespace LettaDr.Systems;

/// <summary>A segment of a running server's log. What lies beyond the log's end in it is whatever was there before.</summary>
internal sealed class ServerLogStream(NpgsqlConnection connection, WalSegment segment) : ReadOnlyStream
{
    private const int PieceSize = 4 << 20;

    private byte[] _piece = [];
    private int _taken;
    private long _asked;

    public override int Read(Span<byte> buffer)
    {
        if (_taken == _piece.Length)
        {
            if (_asked == segment.Size)
            {
                return 0;
            }

            _piece = ReadPiece();
            _taken = 0;
        }

        var length = Math.Min(buffer.Length, _piece.Length - _taken);
        _piece.AsSpan(_taken, length).CopyTo(buffer);
        _taken += length;
        return length;
    }

    private byte[] ReadPiece()
    {
        var length = Math.Min(PieceSize, segment.Size - _asked);
        using var command = new NpgsqlCommand($"SELECT pg_catalog.pg_read_binary_file('pg_wal/{segment.Name}', {_asked}, {length})", connection);
        var piece = (byte[])command.ExecuteScalar()!;
        if (piece.Length != length)
        {
            throw new LettaDrException(
                "WalSegmentShort", FaultKind.DataCorrupt, $"The server's log file {segment.Name} ends at byte {_asked + piece.Length} of {segment.Size}.",
                "See the server's log and its disk; nothing was published.", segment.Name);
        }

        _asked += length;
        return piece;
    }
}
