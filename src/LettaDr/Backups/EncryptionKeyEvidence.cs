namespace LettaDr;

/// <summary>What tells whether a key is the LETTA_ENCRYPTION_KEY that was, without telling the key.</summary>
public sealed record EncryptionKeyEvidence
{
    /// <summary>
    /// <c>pbkdf2-sha256$rounds$salt$hash</c> of the key (PBKDF2-HMAC-SHA256, 600,000 rounds, RFC 8018); null when the key was not found.
    /// </summary>
    public string? Fingerprint { get; init; }

    /// <summary>A credential of the database that the key decrypts; null when there was none, or nobody could look.</summary>
    public EncryptedCanary? Canary { get; init; }
}
