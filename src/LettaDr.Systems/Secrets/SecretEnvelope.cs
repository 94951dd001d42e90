using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;

namespace LettaDr.Systems;

/// <summary>Encrypts files to certificates: CMS EnvelopedData (RFC 5652), AES-256-CBC, RSA-OAEP, DER.</summary>
internal sealed class SecretEnvelope
{
    /// <summary>What an encrypted file's name ends in.</summary>
    public const string Extension = ".p7m";

    private const string Aes256Cbc = "2.16.840.1.101.3.4.1.42";
    private readonly X509Certificate2[] _certificates;

    /// <param name="certificates">Certificates of the recipients.</param>
    /// <exception cref="LettaDrException">One of them is not one to encrypt to, now.</exception>
    public SecretEnvelope(IEnumerable<X509Certificate2> certificates)
    {
        _certificates = [.. certificates];
        Array.ForEach(_certificates, Require);
    }

    /// <summary>Encrypts.</summary>
    public byte[] Seal(byte[] content)
    {
        var message = new EnvelopedCms(new ContentInfo(content), new AlgorithmIdentifier(new Oid(Aes256Cbc)));
        var recipients = new CmsRecipientCollection();
        foreach (var certificate in _certificates)
        {
            recipients.Add(new CmsRecipient(SubjectIdentifierType.IssuerAndSerialNumber, certificate, RSAEncryptionPadding.OaepSHA256));
        }

        message.Encrypt(recipients);
        return message.Encode();
    }

    /// <summary>Decrypts with whichever of the certificates is a recipient and has its private key.</summary>
    /// <exception cref="LettaDrException">None of them is, or the message is damaged.</exception>
    public static byte[] Open(byte[] message, IReadOnlyList<X509Certificate2> certificates, string what)
    {
        try
        {
            var envelope = new EnvelopedCms();
            envelope.Decode(message);
            foreach (var recipient in envelope.RecipientInfos)
            {
                if (recipient.RecipientIdentifier.Value is X509IssuerSerial issuer
                    && certificates.FirstOrDefault(candidate => Is(candidate, issuer)) is { } certificate)
                {
                    using var key = certificate.GetRSAPrivateKey()!;
                    envelope.Decrypt(recipient, key);
                    return envelope.ContentInfo.Content;
                }
            }
        }
        catch (CryptographicException exception)
        {
            throw new LettaDrException(
                "SecretNotReadable", FaultKind.DataCorrupt, $"{what} cannot be decrypted: {exception.Message.TrimEnd('.')}.",
                "Check the set (Test-LettaBackup), and the private key of the certificate.", what, exception);
        }

        throw new LettaDrException(
            "PrivateKeyNotFound", FaultKind.NotFound, $"{what} is encrypted, and none of the certificates at hand that it was encrypted to has its private key.",
            "Give the certificate with its private key (-Certificate, e.g. a .pfx file), or the passphrase (-Passphrase).", what);
    }

    /// <summary>A certificate as the manifest names it.</summary>
    public static SecretRecipient Describe(X509Certificate2 certificate) => new()
    {
        Subject = certificate.Subject, Thumbprint = certificate.Thumbprint, NotAfter = certificate.NotAfter.ToUniversalTime(),
    };

    private static bool Is(X509Certificate2 certificate, X509IssuerSerial issuer) =>
        certificate.HasPrivateKey && certificate.Issuer == issuer.IssuerName
        && certificate.SerialNumber.TrimStart('0').Equals(issuer.SerialNumber.TrimStart('0'), StringComparison.OrdinalIgnoreCase);

    private static void Require(X509Certificate2 certificate)
    {
        var now = DateTime.Now;
        var usage = certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        using var key = certificate.GetRSAPublicKey();
        var problem = certificate.NotAfter < now ? $"it has expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}"
            : certificate.NotBefore > now ? $"it is not valid before {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd}"
            : key is null ? "its key is not RSA"
            : usage is not null && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyEncipherment) ? "it is not made for key encipherment"
            : null;
        if (problem is not null)
        {
            throw new LettaDrException(
                "CertificateNotUsable", FaultKind.InvalidArgument, $"Nothing can be encrypted to the certificate {certificate.Subject} ({certificate.Thumbprint}): {problem}.",
                "Give a valid RSA certificate whose key usage has key encipherment, e.g. one made by New-SelfSignedCertificate -Type DocumentEncryptionCert.",
                certificate.Subject);
        }
    }
}
