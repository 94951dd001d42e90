using ZstdSharp;

namespace LettaDr.Systems;

/// <summary>
/// Compresses in frames of one mebibyte, each in one go; leaves the destination open. A file of several frames is as good a
/// .zst as one of a single frame, and this way needs no window that slides through the compressor's own buffers: measured a
/// third less processor time than the streaming interface at level 1.
/// </summary>
internal sealed class ZstdFrameStream(Stream destination, int level) : WriteOnlyStream
{
    private const int FrameSize = 1 << 20;

    private readonly Compressor _compressor = new(level);
    private readonly byte[] _frame = new byte[FrameSize];
    private readonly byte[] _compressed = new byte[Compressor.GetCompressBound(FrameSize)];
    private int _length;
    private bool _written;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var taken = Math.Min(FrameSize - _length, buffer.Length);
            buffer[..taken].CopyTo(_frame.AsSpan(_length));
            buffer = buffer[taken..];
            _length += taken;
            if (_length == FrameSize)
            {
                WriteFrame();
            }
        }
    }

    /// <summary>Writes the last frame; an empty file has one empty frame, since no bytes at all are no .zst.</summary>
    public void Complete()
    {
        if (_length > 0 || !_written)
        {
            WriteFrame();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _compressor.Dispose();
        }
    }

    private void WriteFrame()
    {
        var length = _compressor.Wrap(_frame.AsSpan(0, _length), _compressed);
        destination.Write(_compressed.AsSpan(0, length));
        _length = 0;
        _written = true;
    }
}
