using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LettaDr.Systems.Tests;

/// <summary>Certificates with their private keys, made for a test.</summary>
internal static class TestCertificates
{
    public static X509Certificate2 Create(
        string subject, int from = -1, int to = 30, X509KeyUsageFlags usage = X509KeyUsageFlags.KeyEncipherment)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(from), DateTimeOffset.UtcNow.AddDays(to));
    }
}
