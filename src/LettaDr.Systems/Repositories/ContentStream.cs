using ZstdSharp;

namespace LettaDr.Systems;

/// <summary>The content of a compressed file of a set: decompressed, and at its end checked to the last byte as stored.</summary>
internal sealed class ContentStream(VerifyingStream stored, BackupFile file, string where) : ReadOnlyStream
{
    private readonly DecompressionStream _decompression = new(stored, leaveOpen: true);
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        int length;
        try
        {
            length = _decompression.Read(buffer);
        }
        catch (Exception damaged) when (damaged is ZstdException or EndOfStreamException)
        {
            throw RepositoryFaults.FileUnreadable(file, where, damaged);
        }

        if (length == 0 && buffer.Length > 0 && !_ended)
        {
            _ended = true;
            stored.Drain();
        }

        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decompression.Dispose();
            stored.Dispose();
        }
    }
}
