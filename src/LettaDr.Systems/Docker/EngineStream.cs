namespace LettaDr.Systems;

/// <summary>A stream of the engine's as readers expect one: Docker.DotNet's takes a read of no bytes for one past its end.</summary>
internal sealed class EngineStream(Stream inner) : ReadOnlyStream
{
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || _ended)
        {
            return 0;
        }

        var bytes = new byte[Math.Min(buffer.Length, 1 << 16)];
        var count = inner.ReadAsync(bytes, 0, bytes.Length).GetAwaiter().GetResult();
        _ended = count == 0;
        bytes.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
