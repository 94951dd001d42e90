namespace LettaDr.Systems;

/// <summary>Passes what is written on, and counts it; closing it leaves the destination open.</summary>
internal sealed class CountingStream(Stream destination) : WriteOnlyStream
{
    /// <summary>Bytes so far.</summary>
    public long Count { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        destination.Write(buffer);
        Count += buffer.Length;
    }
}
