using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LettaDr.Systems;

/// <summary>To whom the secrets of a set are encrypted: certificates, a passphrase, both, or nobody.</summary>
internal sealed class SecretSealing
{
    private readonly X509Certificate2[] _certificates;
    private readonly Secret? _passphrase;

    /// <param name="certificates">Certificates of the recipients.</param>
    /// <param name="passphrase">A passphrase that is one more recipient; null for none.</param>
    /// <exception cref="LettaDrException">A certificate is not one to encrypt to.</exception>
    public SecretSealing(IEnumerable<X509Certificate2> certificates, Secret? passphrase)
    {
        _certificates = [.. certificates.DistinctBy(certificate => certificate.Thumbprint)];
        _passphrase = passphrase;
        _ = new SecretEnvelope(_certificates);
    }

    /// <summary>Whether there is anybody.</summary>
    public bool HasRecipients => _certificates.Length > 0 || _passphrase is not null;

    /// <summary>The recipients in words; the subjects of certificates are no secrets.</summary>
    public override string ToString() => HasRecipients
        ? string.Join(", ", _certificates.Select(certificate => certificate.Subject).Concat(_passphrase is null ? [] : ["a passphrase"]))
        : "nobody";

    /// <summary>Makes the envelope of one set, and writes the passphrase's key pair into it.</summary>
    /// <returns>The envelope and its recipients; null when there is nobody to encrypt to.</returns>
    public (SecretEnvelope Envelope, IReadOnlyList<SecretRecipient> Recipients)? Begin(BackupDraft draft)
    {
        if (!HasRecipients)
        {
            return null;
        }

        var recipients = _certificates.Select(SecretEnvelope.Describe).ToList();
        if (_passphrase is null)
        {
            return (new SecretEnvelope(_certificates), recipients);
        }

        var (certificate, key) = PassphraseKey.Create(draft.Id, _passphrase);
        draft.WriteText(PassphraseKey.KeyFile, Encoding.ASCII.GetBytes(key));
        draft.WriteText(PassphraseKey.CertificateFile, Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
        recipients.Add(SecretEnvelope.Describe(certificate) with { Passphrase = true });
        return (new SecretEnvelope([.. _certificates, certificate]), recipients);
    }
}
