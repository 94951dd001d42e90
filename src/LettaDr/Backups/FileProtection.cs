namespace LettaDr;

/// <summary>How a set keeps a file of the configuration.</summary>
public enum FileProtection
{
    /// <summary>As it was: it holds no secret.</summary>
    Plain,

    /// <summary>Encrypted whole, for it holds secrets.</summary>
    Encrypted,

    /// <summary>With asterisks where its secrets stood: there was nobody to encrypt them to.</summary>
    Redacted,

    /// <summary>Not at all: it is no text, holds secrets, and there was nobody to encrypt it to.</summary>
    LeftOut,
}
