namespace LettaDr.Tests;

/// <summary>Values made by Python's cryptography, in the layout of Letta's server.</summary>
public sealed class LettaEncryptionTests
{
    [Theory]
    [InlineData("a key of the operator", "sk-ant-made-up-for-a-test", "OOoK/DG9+rRrRJlr8qM+WBBMyAcILq2wfgmT1X3uMyS+jibScRqxePzDaPAJAfbaizUJVoA3sQipsEHWOIB2+CiueEhf")]
    [InlineData("clé ✓", "", "4iHN5SsUi0MBwj92oIUEKKAvGYiZdeosUXMpOFagEHfACrovotJOapftsqw=")]
    [InlineData("0123456789abcdef0123456789abcdef", "{\"Authorization\": \"Bearer ünïcode\"}", "aUSF13IJGdk6GAOitUgnvQjGAhNRoTbhuwzFw64uTjTefM1O/vlw8tELIh0WqbsrS0FpOP1SPpLgXoFArmIZ7jcYWtjk6+k3XV6lScl7XTH9")]
    public void What_Letta_encrypts_is_decrypted_with_its_key_and_no_other(string key, string text, string value)
    {
        Assert.Equal(text, LettaEncryption.Decrypt(value, key));
        Assert.Null(LettaEncryption.Decrypt(value, key + " "));
    }

    [Theory]
    [InlineData("sk-not-encrypted-at-all")]
    [InlineData("")]
    [InlineData("AAAA")]
    public void What_is_not_encrypted_decrypts_to_nothing(string value) => Assert.Null(LettaEncryption.Decrypt(value, "key"));

    [Fact]
    public void A_flipped_bit_is_seen()
    {
        var bytes = Convert.FromBase64String(LettaEncryption.Encrypt("value", "key"));
        for (var i = 0; i < bytes.Length; i += 7)
        {
            bytes[i] ^= 1;
            Assert.Null(LettaEncryption.Decrypt(Convert.ToBase64String(bytes), "key"));
            bytes[i] ^= 1;
        }

        Assert.Equal("value", LettaEncryption.Decrypt(Convert.ToBase64String(bytes), "key"));
    }

    [Fact]
    public void A_fingerprint_tells_the_key_and_never_repeats_itself()
    {
        var fingerprint = KeyFingerprint.Of("the key");
        Assert.True(KeyFingerprint.Matches(fingerprint, "the key"));
        Assert.False(KeyFingerprint.Matches(fingerprint, "another"));
        Assert.NotEqual(fingerprint, KeyFingerprint.Of("the key"));
        Assert.True(int.Parse(fingerprint.Split('$')[1], System.Globalization.CultureInfo.InvariantCulture) >= 600_000);
        Assert.DoesNotContain("the key", fingerprint, StringComparison.Ordinal);
        Assert.False(KeyFingerprint.Matches("md5$1$x$y", "the key"));
    }
}
