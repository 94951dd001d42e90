using ZstdSharp;

namespace LettaDr.Systems;

/// <summary>A compressed segment's content, whose damage is told as ours.</summary>
internal sealed class WalContentStream(Stream decompression, string file, string where) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return decompression.Read(buffer);
        }
        catch (Exception damaged) when (damaged is ZstdException or EndOfStreamException or InvalidDataException)
        {
            throw new LettaDrException(
                "WalFileDamaged", FaultKind.DataCorrupt, $"The file {file} of the archive {where} cannot be decompressed: {damaged.Message}",
                "Bring it back from a copy; else the log can be recovered up to it only.", file, damaged);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decompression.Dispose();
        }
    }
}
