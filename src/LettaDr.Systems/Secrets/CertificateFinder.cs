using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LettaDr.Systems;

/// <summary>Finds the certificates that references mean: at hand, in files, in the user's and the machine's own stores.</summary>
/// <param name="folder">The folder from which relative paths count.</param>
internal sealed class CertificateFinder(string folder)
{
    /// <summary>The certificates, in the order referred to.</summary>
    /// <exception cref="LettaDrException">There is none such, or its file cannot be read.</exception>
    public X509Certificate2[] Find(IEnumerable<CertificateReference> references) => [.. references.Select(Find)];

    /// <summary>Certificates with private keys in the user's and the machine's own stores; where there is no store, none.</summary>
    public static X509Certificate2[] WithPrivateKey() => [.. Stored().Where(certificate => certificate.HasPrivateKey)];

    private X509Certificate2 Find(CertificateReference reference)
    {
        if (reference.Certificate is { } certificate)
        {
            return certificate;
        }

        var text = reference.Text!.Trim();
        var path = Path.GetFullPath(text, folder);
        if (File.Exists(path))
        {
            return Read(path);
        }

        var thumbprint = text.Replace(" ", string.Empty, StringComparison.Ordinal);
        var found = Stored()
            .Where(stored => stored.Thumbprint.Equals(thumbprint, StringComparison.OrdinalIgnoreCase)
                || stored.Subject.Equals(text, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(stored => stored.HasPrivateKey).ThenByDescending(stored => stored.NotAfter).FirstOrDefault();
        return found ?? throw new LettaDrException(
            "CertificateNotFound", FaultKind.NotFound, $"There is no certificate '{text}': no such file, and no such thumbprint or subject in your store.",
            "Give a .cer, .pem or .pfx file, a certificate object, or the thumbprint of one in CurrentUser\\My.", text);
    }

    private static X509Certificate2 Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (X509Certificate2.GetCertContentType(bytes) == X509ContentType.Pfx)
            {
                return new X509Certificate2(bytes, (string?)null, X509KeyStorageFlags.Exportable);
            }

            return bytes.AsSpan().IndexOf("PRIVATE KEY-----"u8) >= 0 ? X509Certificate2.CreateFromPemFile(path) : new X509Certificate2(bytes);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new LettaDrException(
                "CertificateNotReadable", FaultKind.InvalidArgument, $"The file {path} cannot be read as a certificate.",
                "A file that is protected by a password is opened with Get-PfxCertificate, and its object given to -Certificate.", path, exception);
        }
    }

    private static IEnumerable<X509Certificate2> Stored()
    {
        foreach (var location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine })
        {
            X509Certificate2Collection certificates;
            try
            {
                using var store = new X509Store(StoreName.My, location);
                store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
                certificates = store.Certificates;
            }
            catch (CryptographicException)
            {
                // Linux has no such store of the machine, and a new user none of their own.
                continue;
            }

            foreach (var certificate in certificates)
            {
                yield return certificate;
            }
        }
    }
}
