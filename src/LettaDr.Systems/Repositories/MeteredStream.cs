namespace LettaDr.Systems;

/// <summary>Passes what is read on, and tells how much; disposing of it disposes of the source.</summary>
internal sealed class MeteredStream(Stream source, Action<long> onBytes) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer)
    {
        var length = source.Read(buffer);
        onBytes(length);
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }
    }
}
