using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>
/// Writes rows in PostgreSQL's binary COPY format (manual, COPY, "Binary Format"). Fields are laid out in memory; only
/// <see cref="EndRowAsync"/> talks to the server, when enough has come together.
/// </summary>
internal sealed class SeedCopyStream : IAsyncDisposable
{
    private const int FlushAt = 128 * 1024;
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly NpgsqlRawCopyStream _stream;
    private readonly short _fieldCount;
    private readonly Action<long> _sent;
    private byte[] _buffer = new byte[2 * FlushAt];
    private int _used;

    private SeedCopyStream(NpgsqlRawCopyStream stream, short fieldCount, Action<long> sent)
    {
        _stream = stream;
        _fieldCount = fieldCount;
        _sent = sent;
        Header.CopyTo(Take(Header.Length));
    }

    internal static async Task<SeedCopyStream> BeginAsync(
        NpgsqlConnection connection, string table, string[] columns, Action<long> sent, CancellationToken cancellationToken)
    {
        var stream = await connection.BeginRawBinaryCopyAsync(
            $"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT binary)", cancellationToken);
        return new SeedCopyStream(stream, (short)columns.Length, sent);
    }

    internal void BeginRow() => BinaryPrimitives.WriteInt16BigEndian(Take(2), _fieldCount);

    internal void Null() => BinaryPrimitives.WriteInt32BigEndian(Take(4), -1);

    /// <summary>A text, varchar or json field; null is NULL.</summary>
    internal void Text(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        Text(value.AsSpan());
    }

    internal void Text(ReadOnlySpan<char> value)
    {
        var field = Field(Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, field);
    }

    internal void Int64(long value) => BinaryPrimitives.WriteInt64BigEndian(Field(8), value);

    internal void Boolean(bool value) => Field(1)[0] = value ? (byte)1 : (byte)0;

    internal void Timestamp(DateTime value) => Int64((value - Epoch).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>A pgvector field of <paramref name="dimensions"/> components; those that are not given are zero.</summary>
    internal void Vector(ReadOnlySpan<float> components, int dimensions)
    {
        var field = Field(4 + (4 * dimensions));
        BinaryPrimitives.WriteInt16BigEndian(field, (short)dimensions);
        BinaryPrimitives.WriteInt16BigEndian(field[2..], 0);
        field = field[4..];
        for (var i = 0; i < components.Length; i++)
        {
            BinaryPrimitives.WriteSingleBigEndian(field[(4 * i)..], components[i]);
        }

        field[(4 * components.Length)..].Clear();
    }

    internal async ValueTask EndRowAsync(CancellationToken cancellationToken)
    {
        if (_used >= FlushAt)
        {
            await FlushAsync(cancellationToken);
        }
    }

    /// <summary>Ends the data; the rows are there when the stream has been disposed as well.</summary>
    internal async Task CompleteAsync(CancellationToken cancellationToken)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(2), -1);
        await FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(_buffer.AsMemory(0, _used), cancellationToken);
        _sent(_used);
        _used = 0;
    }

    private Span<byte> Field(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(4), length);
        return Take(length);
    }

    private Span<byte> Take(int length)
    {
        if (_used + length > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _used + length));
        }

        var span = _buffer.AsSpan(_used, length);
        _used += length;
        return span;
    }
}
