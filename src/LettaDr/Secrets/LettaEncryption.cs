using System.Security.Cryptography;
using System.Text;

namespace LettaDr;

/// <summary>
/// Letta's own encryption of credentials: base64 of salt (16), nonce (12), ciphertext and tag (16); AES-256-GCM; the key is
/// PBKDF2-HMAC-SHA256 of LETTA_ENCRYPTION_KEY over the salt, 100,000 rounds.
/// </summary>
internal static class LettaEncryption
{
    /// <summary>The variable that holds the key.</summary>
    public const string KeyName = "LETTA_ENCRYPTION_KEY";

    private const int SaltBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;
    private const int Rounds = 100_000;

    /// <summary>What a stored value decrypts to; null when the key is another one, or the value is none of Letta's.</summary>
    public static string? Decrypt(string value, string key)
    {
        var bytes = new byte[value.Length];
        if (!Convert.TryFromBase64String(value, bytes, out var length) || length < SaltBytes + NonceBytes + TagBytes)
        {
            return null;
        }

        var all = bytes.AsSpan(0, length);
        var plain = new byte[length - SaltBytes - NonceBytes - TagBytes];
        try
        {
            using var cipher = new AesGcm(KeyOf(key, all[..SaltBytes]), TagBytes);
            cipher.Decrypt(
                all.Slice(SaltBytes, NonceBytes), all[(SaltBytes + NonceBytes)..^TagBytes], all[^TagBytes..], plain);
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>A value as Letta would store it.</summary>
    public static string Encrypt(string text, string key)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var all = new byte[SaltBytes + NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(all.AsSpan(0, SaltBytes + NonceBytes));
        using var cipher = new AesGcm(KeyOf(key, all.AsSpan(0, SaltBytes)), TagBytes);
        cipher.Encrypt(
            all.AsSpan(SaltBytes, NonceBytes), plain, all.AsSpan(SaltBytes + NonceBytes, plain.Length), all.AsSpan(all.Length - TagBytes));
        return Convert.ToBase64String(all);
    }

    private static byte[] KeyOf(string key, ReadOnlySpan<byte> salt) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(key), salt, Rounds, HashAlgorithmName.SHA256, KeyBytes);
}
