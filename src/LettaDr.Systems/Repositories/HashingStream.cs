using System.Security.Cryptography;

namespace LettaDr.Systems;

/// <summary>Passes bytes on and computes their SHA-256; leaves the destination open.</summary>
internal sealed class HashingStream(Stream destination) : WriteOnlyStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The digest of all bytes passed on: 64 lower-case hexadecimal digits.</summary>
    public string Digest() => Hex.Lower(_hash.GetHashAndReset());

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        destination.Write(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }
    }
}
