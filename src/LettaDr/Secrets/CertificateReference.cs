using System.Security.Cryptography.X509Certificates;

namespace LettaDr;

/// <summary>
/// What a cmdlet's <c>-Certificate</c> takes: an <see cref="X509Certificate2"/>, the path of a .cer, .crt, .pem or .pfx file, or the
/// thumbprint or subject of a certificate in the user's own store.
/// </summary>
public sealed class CertificateReference
{
    /// <summary>Refers to a certificate at hand.</summary>
    public CertificateReference(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        Certificate = certificate;
    }

    /// <summary>Refers to a certificate by path, thumbprint or subject; nothing is looked up yet.</summary>
    public CertificateReference(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        Text = text;
    }

    /// <summary>The certificate, when the reference was made from one.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>The text, when the reference was made from one.</summary>
    public string? Text { get; }

    /// <summary>The certificate's subject, or the text.</summary>
    public override string ToString() => Certificate?.Subject ?? Text!;
}
