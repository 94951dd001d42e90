using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LettaDr.Systems;

/// <summary>The keys that open a set's encrypted files: found, and proven to be there, before anything is touched.</summary>
internal sealed class SecretOpening
{
    private readonly IReadOnlyList<X509Certificate2> _keys;

    private SecretOpening(IReadOnlyList<X509Certificate2> keys) => _keys = keys;

    /// <summary>Finds the keys.</summary>
    /// <param name="backup">The set.</param>
    /// <param name="part">Its configuration.</param>
    /// <param name="read">Reads a file of the set.</param>
    /// <param name="given">Certificates that the user gave.</param>
    /// <param name="passphrase">The passphrase that the user gave; null for none.</param>
    /// <exception cref="LettaDrException">The passphrase is wrong or not asked for, or no private key is at hand.</exception>
    public static SecretOpening Find(
        Backup backup, ConfigurationPart part, Func<string, byte[]> read, IReadOnlyList<X509Certificate2> given, Secret? passphrase)
    {
        if (part.Recipients.Count == 0)
        {
            return new SecretOpening([]);
        }

        if (passphrase is not null)
        {
            return part.Recipients.Any(recipient => recipient.Passphrase)
                ? new SecretOpening([PassphraseKey.Open(
                    Encoding.ASCII.GetString(read(PassphraseKey.CertificateFile)), Encoding.ASCII.GetString(read(PassphraseKey.KeyFile)), passphrase, backup.Id)])
                : throw new LettaDrException(
                    "PassphraseNotUsed", FaultKind.InvalidArgument, $"The secrets of set {backup.Id} are encrypted to {Names(part)}, and to no passphrase.",
                    "Give a certificate with its private key (-Certificate).", backup.Id);
        }

        var keys = given.Concat(CertificateFinder.WithPrivateKey())
            .Where(certificate => certificate.HasPrivateKey && part.Recipients.Any(recipient => recipient.Thumbprint == certificate.Thumbprint)).ToList();
        return keys.Count > 0 ? new SecretOpening(keys) : throw new LettaDrException(
            "PrivateKeyNotFound", FaultKind.NotFound,
            $"The secrets of set {backup.Id} are encrypted to {Names(part)}, and {(given.Count > 0 ? "no certificate given, nor one of your store, is one of them with its private key" : "neither a passphrase nor such a private key is at hand")}.",
            "Give the certificate with its private key (-Certificate, e.g. a .pfx file), or -Passphrase; -SkipEncrypted restores without what is encrypted.",
            backup.Id);
    }

    /// <summary>Decrypts a file.</summary>
    public byte[] Open(byte[] message, string name) => SecretEnvelope.Open(message, _keys, name);

    private static string Names(ConfigurationPart part) => string.Join(", ", part.Recipients);
}
