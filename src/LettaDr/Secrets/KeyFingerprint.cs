using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LettaDr;

/// <summary>Tells whether a key is the one that was, without telling the key: salted, and as slow to guess at as a password hash.</summary>
internal static class KeyFingerprint
{
    private const string Scheme = "pbkdf2-sha256";
    private const int Rounds = 600_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary><c>pbkdf2-sha256$rounds$salt$hash</c>, both parts in base64; another one every time.</summary>
    public static string Of(string key)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(
            CultureInfo.InvariantCulture, $"{Scheme}${Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Hash(key, salt, Rounds, HashBytes))}");
    }

    /// <summary>Whether a fingerprint is of this key; a fingerprint of another scheme is of none.</summary>
    public static bool Matches(string fingerprint, string key)
    {
        if (fingerprint.Split('$') is not [Scheme, var rounds, var salt, var hash]
            || !int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 10_000_000)
        {
            return false;
        }

        var expected = Convert.FromBase64String(hash);
        return CryptographicOperations.FixedTimeEquals(expected, Hash(key, Convert.FromBase64String(salt), count, expected.Length));
    }

    private static byte[] Hash(string key, byte[] salt, int rounds, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(key), salt, rounds, HashAlgorithmName.SHA256, length);
}
