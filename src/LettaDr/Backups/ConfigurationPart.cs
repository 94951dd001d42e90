namespace LettaDr;

/// <summary>What a set's manifest says of the deployment's configuration. No value of a secret is in it.</summary>
public sealed record ConfigurationPart
{
    /// <summary>The stage of a backup that reads it, as journals name it.</summary>
    internal const string Stage = "Read the configuration";

    /// <summary>The moment whose state it holds, by this machine's clock.</summary>
    public required DateTimeOffset SnapshotTime { get; init; }

    /// <summary>The Compose project's folder as it was; null when the deployment has no Compose file here.</summary>
    public string? Folder { get; init; }

    /// <summary>Its Compose files in the order merged, full paths as they were.</summary>
    public IReadOnlyList<string> ComposeFiles { get; init; } = [];

    /// <summary>Every file that belongs to the configuration, in the set or left out of it.</summary>
    public IReadOnlyList<ConfigurationFile> Files { get; init; } = [];

    /// <summary>The containers as they ran, with their images.</summary>
    public IReadOnlyList<ConfigurationContainer> Containers { get; init; } = [];

    /// <summary>Who can open the encrypted files; none when nothing was encrypted.</summary>
    public IReadOnlyList<SecretRecipient> Recipients { get; init; } = [];

    /// <summary>Secrets that are not in the set, as <c>file: name</c>; none when there are recipients.</summary>
    public IReadOnlyList<string> SecretsLeftOut { get; init; } = [];

    /// <summary>Files that should have been there and were not, or could not be read.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>What proves LETTA_ENCRYPTION_KEY; null when the deployment has no such key and its database no encrypted credential.</summary>
    public EncryptionKeyEvidence? EncryptionKey { get; init; }

    /// <summary>Credentials that the database holds in plain text, because Letta had no key; null when nobody could look.</summary>
    public long? PlainCredentials { get; init; }

    /// <summary>Images that are in the set; none unless asked for.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Files.Count} files";
}
