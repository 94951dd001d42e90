namespace LettaDr;

/// <summary>Who can open the encrypted files of a set.</summary>
public sealed record SecretRecipient
{
    /// <summary>Whether the key is one that a passphrase opens, stored in the set itself.</summary>
    public bool Passphrase { get; init; }

    /// <summary>The certificate's subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The certificate's SHA-1 thumbprint, by which stores find it; 40 upper-case hexadecimal digits.</summary>
    public required string Thumbprint { get; init; }

    /// <summary>When the certificate ends. What it encrypted can be decrypted after that, too.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Passphrase ? "a passphrase" : $"{Subject} ({Thumbprint})";
}
