using System.Security.Cryptography.X509Certificates;

namespace LettaDr.Systems;

/// <summary>Proves that a set's encrypted files open with the keys at hand. Not having been given a key, nobody has asked for it.</summary>
internal sealed class SecretsProving(IBackupRepository repository, IReadOnlyList<X509Certificate2> certificates, Secret? passphrase) : IBackupPartCheck
{
    /// <inheritdoc/>
    public string Name => "SecretsOpen";

    /// <inheritdoc/>
    public string? WhyNotAsked(Backup backup)
    {
        if (backup.Manifest?.Configuration is not { } part || !part.Files.Any(IsEncrypted))
        {
            return "The set holds nothing encrypted.";
        }

        return passphrase is null && certificates.Count == 0 && new SetFiles(repository, backup).TryOpen(part, certificates, null) is null
            ? "Neither -Certificate nor -Passphrase was given, and your store has no such private key."
            : null;
    }

    /// <inheritdoc/>
    public Task<string> ProveAsync(Backup backup, CancellationToken cancellationToken)
    {
        var part = backup.Manifest!.Configuration!;
        foreach (var (file, content) in Open(backup))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (content.LongLength != file.Size)
            {
                throw new LettaDrException(
                    "SecretNotIdentical", FaultKind.DataCorrupt, $"{file.Path} has {content.Length} bytes when it is opened, and the manifest says {file.Size}.",
                    "Use another set (Get-LettaBackup lists them).", backup.Id);
            }
        }

        return Task.FromResult($"{Examples.Count(part.Files.Count(IsEncrypted), "encrypted file")} opened.");
    }

    /// <summary>Encrypted files with what they hold.</summary>
    /// <param name="backup">The set.</param>
    /// <param name="secret">Only those that hold a secret of this name; null for all.</param>
    /// <exception cref="LettaDrException">A key is wrong or missing, or a file is damaged.</exception>
    public IEnumerable<(ConfigurationFile File, byte[] Content)> Open(Backup backup, string? secret = null)
    {
        var part = backup.Manifest!.Configuration!;
        var files = new SetFiles(repository, backup);
        SecretOpening? opening;
        try
        {
            opening = files.TryOpen(part, certificates, passphrase);
        }
        catch (LettaDrException wrong) when (wrong.Kind == FaultKind.NotFound)
        {
            // A certificate was given and is none of the set's: that was tried, and failed.
            throw new LettaDrException(wrong.Id, FaultKind.AuthenticationFailed, wrong.Message, wrong.Remedy, backup.Id, wrong);
        }

        return part.Files.Where(file => IsEncrypted(file) && (secret is null || file.Secrets.Contains(secret, StringComparer.Ordinal))).Select(file => (file, files.Content(file, opening)));
    }

    private static bool IsEncrypted(ConfigurationFile file) => file.Protection == FileProtection.Encrypted;
}
