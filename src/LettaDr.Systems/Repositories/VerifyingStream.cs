using System.Security.Cryptography;

namespace LettaDr.Systems;

/// <summary>Reads a file of a set and, at its end, refuses it when its size or digest is not the manifest's.</summary>
internal sealed class VerifyingStream(Stream source, BackupFile expected, string where) : ReadOnlyStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        var length = source.Read(buffer);
        _hash.AppendData(buffer[..length]);
        _length += length;
        if (length == 0 && buffer.Length > 0 && !_ended)
        {
            _ended = true;
            var digest = Hex.Lower(_hash.GetHashAndReset());
            if (_length != expected.Size || digest != expected.Sha256)
            {
                throw RepositoryFaults.FileDamaged(expected, where, _length, digest);
            }
        }

        return length;
    }

    /// <summary>Reads what a decompressor has left unread, so that the digest is checked whatever it made of the rest.</summary>
    public void Drain()
    {
        Span<byte> rest = stackalloc byte[4096];
        while (Read(rest) > 0)
        {
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            source.Dispose();
        }
    }
}
