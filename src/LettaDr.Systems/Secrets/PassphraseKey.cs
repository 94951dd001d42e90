using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LettaDr.Systems;

/// <summary>
/// A passphrase as one more recipient: a key pair and certificate made for one set, the private key kept in the set as PKCS #8
/// (PBES2: PBKDF2-HMAC-SHA256, AES-256), so that openssl opens it by hand.
/// </summary>
internal static class PassphraseKey
{
    public const string KeyFile = "configuration/secrets/passphrase.key.pem";
    public const string CertificateFile = "configuration/secrets/passphrase.cert.pem";
    private const int Rounds = 600_000;
    private const int KeyBits = 3072;

    /// <summary>Makes the pair.</summary>
    /// <returns>The certificate without its key, and the key as encrypted PEM.</returns>
    public static (X509Certificate2 Certificate, string KeyPem) Create(string setId, Secret passphrase)
    {
        using var key = RSA.Create(KeyBits);
        var request = new CertificateRequest($"CN=LettaDr set {setId}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyEncipherment, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(100));
        var pem = key.ExportEncryptedPkcs8PrivateKeyPem(
            passphrase.Reveal(), new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Rounds));
        return (new X509Certificate2(certificate.RawData), pem);
    }

    /// <summary>The certificate with its key.</summary>
    /// <exception cref="LettaDrException">The passphrase is another one.</exception>
    public static X509Certificate2 Open(string certificatePem, string keyPem, Secret passphrase, string setId)
    {
        using var certificate = X509Certificate2.CreateFromPem(certificatePem);
        using var key = RSA.Create();
        try
        {
            key.ImportFromEncryptedPem(keyPem, passphrase.Reveal());
        }
        catch (CryptographicException exception)
        {
            throw new LettaDrException(
                "PassphraseWrong", FaultKind.AuthenticationFailed, $"The passphrase does not open the secrets of set {setId}.",
                "Give the passphrase that the set was made with, or a certificate that it was encrypted to.", setId, exception);
        }

        return certificate.CopyWithPrivateKey(key);
    }
}
