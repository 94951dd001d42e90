using System.Buffers.Binary;
using System.IO.Hashing;

namespace LettaDr.Systems;

/// <summary>
/// Follows a binary COPY stream (PostgreSQL manual, COPY, "Binary Format") as it passes and sums up the hashes of its rows.
/// Takes the stream in pieces of any size and keeps none of it.
/// </summary>
internal sealed class CopyRowFingerprinter
{
    private const int FixedHeader = 19;

    private static ReadOnlySpan<byte> Signature => [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00];

    private readonly XxHash128 _partial = new();
    private readonly byte[] _small = new byte[FixedHeader];
    private int _smallLength;
    private State _state = State.Header;
    private int _fieldsLeft;
    private long _skip;
    private long _rows;
    private UInt128 _sum;

    private enum State
    {
        Header,
        HeaderExtension,
        RowStart,
        FieldLength,
        FieldData,
        Ended,
    }

    /// <summary>Takes the next piece.</summary>
    /// <exception cref="InvalidDataException">This is no binary COPY stream.</exception>
    public void Append(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            if (_state == State.RowStart && _smallLength == 0)
            {
                piece = piece[WholeRows(piece)..];
                if (piece.IsEmpty)
                {
                    return;
                }
            }

            piece = piece[Advance(piece)..];
        }
    }

    /// <summary>The fingerprint of all rows.</summary>
    /// <exception cref="InvalidDataException">The stream was cut off: its trailer has not come.</exception>
    public Fingerprint Complete() => _state == State.Ended
        ? new Fingerprint(_rows, _sum)
        : throw new InvalidDataException("The binary COPY stream ended before its trailer.");

    /// <summary>Hashes the rows that are whole in the piece, the usual case, without copying them; returns their length.</summary>
    private int WholeRows(ReadOnlySpan<byte> piece)
    {
        var rowStart = 0;
        while (piece.Length - rowStart >= 2)
        {
            int fields = BinaryPrimitives.ReadInt16BigEndian(piece[rowStart..]);
            if (fields < 0)
            {
                break;
            }

            var position = (long)rowStart + 2;
            for (; fields > 0 && position + 4 <= piece.Length; fields--)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(piece[(int)position..]);
                position += 4 + Math.Max(0, length);
            }

            if (fields > 0 || position > piece.Length)
            {
                break;
            }

            Count(XxHash128.HashToUInt128(piece[rowStart..(int)position]));
            rowStart = (int)position;
        }

        return rowStart;
    }

    /// <summary>Takes one step through what is split between pieces; returns the bytes used.</summary>
    private int Advance(ReadOnlySpan<byte> piece)
    {
        switch (_state)
        {
            case State.Header:
                if (!Gather(piece, FixedHeader, out var used))
                {
                    return used;
                }

                if (!_small.AsSpan(0, Signature.Length).SequenceEqual(Signature))
                {
                    throw new InvalidDataException("The stream does not begin like a binary COPY.");
                }

                _skip = BinaryPrimitives.ReadUInt32BigEndian(_small.AsSpan(15));
                _state = _skip > 0 ? State.HeaderExtension : State.RowStart;
                return used;

            case State.HeaderExtension:
                var skipped = (int)Math.Min(_skip, piece.Length);
                _skip -= skipped;
                _state = _skip > 0 ? State.HeaderExtension : State.RowStart;
                return skipped;

            case State.RowStart:
                if (!Gather(piece, 2, out used))
                {
                    return used;
                }

                _fieldsLeft = BinaryPrimitives.ReadInt16BigEndian(_small);
                if (_fieldsLeft < 0)
                {
                    _state = State.Ended;
                    return used;
                }

                _partial.Append(_small.AsSpan(0, 2));
                NextField();
                return used;

            case State.FieldLength:
                if (!Gather(piece, 4, out used))
                {
                    return used;
                }

                _partial.Append(_small.AsSpan(0, 4));
                _fieldsLeft--;
                _skip = Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(_small));
                if (_skip == 0)
                {
                    NextField();
                }
                else
                {
                    _state = State.FieldData;
                }

                return used;

            case State.FieldData:
                var data = (int)Math.Min(_skip, piece.Length);
                _partial.Append(piece[..data]);
                _skip -= data;
                if (_skip == 0)
                {
                    NextField();
                }

                return data;

            default:
                throw new InvalidDataException("The binary COPY stream goes on after its trailer.");
        }
    }

    private void NextField()
    {
        if (_fieldsLeft > 0)
        {
            _state = State.FieldLength;
            return;
        }

        Count(_partial.GetCurrentHashAsUInt128());
        _partial.Reset();
        _state = State.RowStart;
    }

    private void Count(UInt128 hash)
    {
        _rows++;
        _sum = unchecked(_sum + hash);
    }

    private bool Gather(ReadOnlySpan<byte> piece, int wanted, out int used)
    {
        used = Math.Min(wanted - _smallLength, piece.Length);
        piece[..used].CopyTo(_small.AsSpan(_smallLength));
        _smallLength += used;
        if (_smallLength < wanted)
        {
            return false;
        }

        _smallLength = 0;
        return true;
    }
}
