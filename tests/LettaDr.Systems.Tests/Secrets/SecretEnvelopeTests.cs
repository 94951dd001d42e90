using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LettaDr.Systems.Tests;

/// <summary>What is encrypted is opened by hand with openssl, and by nobody else.</summary>
public sealed class SecretEnvelopeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Openssl_opens_a_file_with_the_private_key_of_each_recipient()
    {
        using var first = TestCertificates.Create("CN=First operator");
        using var second = TestCertificates.Create("CN=Second operator");
        File.WriteAllBytes(Path("env.p7m"), new SecretEnvelope([first, second]).Seal("A=secret ✓\n"u8.ToArray()));
        foreach (var certificate in new[] { first, second })
        {
            File.WriteAllText(Path("key.pem"), certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
            File.WriteAllText(Path("cert.pem"), certificate.ExportCertificatePem());
            Assert.Equal("A=secret ✓\n", OpenSsl("cms", "-decrypt", "-inform", "DER", "-in", "env.p7m", "-inkey", "key.pem", "-recip", "cert.pem"));
        }
    }

    [Fact]
    public void Openssl_opens_the_key_of_a_passphrase_and_a_wrong_one_does_not()
    {
        var (certificate, pem) = PassphraseKey.Create("20261123T000000Z-abcdef", new Secret("correct horse"));
        File.WriteAllBytes(Path("env.p7m"), new SecretEnvelope([certificate]).Seal("B=2"u8.ToArray()));
        File.WriteAllText(Path("passphrase.key.pem"), pem);
        File.WriteAllText(Path("passphrase.cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path("pass"), "correct horse");
        Assert.Equal("B=2", OpenSsl(
            "cms", "-decrypt", "-inform", "DER", "-in", "env.p7m", "-inkey", "passphrase.key.pem", "-recip", "passphrase.cert.pem", "-passin", "file:pass"));

        var listing = OpenSsl("asn1parse", "-in", "passphrase.key.pem");
        Assert.Contains("PBES2", listing, StringComparison.Ordinal);
        Assert.Contains("hmacWithSHA256", listing, StringComparison.Ordinal);
        Assert.Contains("aes-256-cbc", listing, StringComparison.Ordinal);
        Assert.Contains(":0927C0", listing, StringComparison.Ordinal); // 600,000

        var opened = PassphraseKey.Open(certificate.ExportCertificatePem(), pem, new Secret("correct horse"), "set");
        Assert.Equal("B=2", Encoding.UTF8.GetString(SecretEnvelope.Open(File.ReadAllBytes(Path("env.p7m")), [opened], "env")));
        var wrong = Assert.Throws<LettaDrException>(() => PassphraseKey.Open(certificate.ExportCertificatePem(), pem, new Secret("correct house"), "set"));
        Assert.Equal("PassphraseWrong", wrong.Id);
        Assert.DoesNotContain("house", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_private_key_nothing_opens()
    {
        using var certificate = TestCertificates.Create("CN=Operator");
        using var other = TestCertificates.Create("CN=Operator");
        using var publicOnly = X509CertificateLoader.LoadCertificate(certificate.RawData);
        var message = new SecretEnvelope([publicOnly]).Seal("C=3"u8.ToArray());
        Assert.Equal("C=3", Encoding.UTF8.GetString(SecretEnvelope.Open(message, [other, certificate], "file")));
        foreach (var keys in new X509Certificate2[][] { [], [publicOnly], [other] })
        {
            Assert.Equal("PrivateKeyNotFound", Assert.Throws<LettaDrException>(() => SecretEnvelope.Open(message, keys, "file")).Id);
        }

        message[^20] ^= 1;
        Assert.ThrowsAny<LettaDrException>(() => SecretEnvelope.Open(message[..^40], [certificate], "file"));
    }

    [Fact]
    public void A_certificate_that_is_not_to_be_encrypted_to_is_refused_with_the_reason()
    {
        Assert.Contains("has expired on", Refused(TestCertificates.Create("CN=Old", from: -20, to: -10)), StringComparison.Ordinal);
        Assert.Contains("is not valid before", Refused(TestCertificates.Create("CN=New", from: 10, to: 20)), StringComparison.Ordinal);
        Assert.Contains("not made for key encipherment", Refused(TestCertificates.Create("CN=Sign", usage: X509KeyUsageFlags.DigitalSignature)), StringComparison.Ordinal);
        using var key = ECDsa.Create();
        Assert.Contains("is not RSA", Refused(new CertificateRequest("CN=Curve", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1))), StringComparison.Ordinal);

        static string Refused(X509Certificate2 certificate)
        {
            var refusal = Assert.Throws<LettaDrException>(() => new SecretEnvelope([certificate]));
            Assert.Equal("CertificateNotUsable", refusal.Id);
            return refusal.Message;
        }
    }

    [Fact]
    public void Certificates_are_found_by_file_and_a_missing_one_is_told()
    {
        using var certificate = TestCertificates.Create("CN=Filed");
        File.WriteAllBytes(Path("a.cer"), certificate.RawData);
        File.WriteAllText(Path("b.pem"), certificate.ExportCertificatePem() + "\n" + certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(Path("c.pfx"), certificate.Export(X509ContentType.Pfx));
        File.WriteAllBytes(Path("d.pfx"), certificate.Export(X509ContentType.Pfx, "locked"));
        var finder = new CertificateFinder(_folder.Path);
        var found = finder.Find([new("a.cer"), new("b.pem"), new("c.pfx"), new(certificate)]);
        Assert.All(found, one => Assert.Equal(certificate.Thumbprint, one.Thumbprint));
        Assert.Equal([false, true, true, true], found.Select(one => one.HasPrivateKey));
        Assert.Equal("CertificateNotReadable", Assert.Throws<LettaDrException>(() => finder.Find([new("d.pfx")])).Id);
        Assert.Equal("CertificateNotFound", Assert.Throws<LettaDrException>(() => finder.Find([new(certificate.Thumbprint)])).Id);
    }

    private string Path(string name) => System.IO.Path.Combine(_folder.Path, name);

    private string OpenSsl(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments)
        {
            WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.GetAwaiter().GetResult());
        return output;
    }
}
