using System.Security.Cryptography.X509Certificates;

namespace LettaDr.Systems;

/// <summary>Files of a set, read whole and opened where they are encrypted.</summary>
internal sealed class SetFiles(IBackupRepository repository, Backup backup)
{
    /// <summary>The keys to what is encrypted; null when nothing is, or nobody gave a key and none is at hand.</summary>
    /// <exception cref="LettaDrException">A key was given, and is a wrong one.</exception>
    public SecretOpening? TryOpen(ConfigurationPart part, IReadOnlyList<X509Certificate2> certificates, Secret? passphrase)
    {
        try
        {
            return part.Recipients.Count == 0 ? null : SecretOpening.Find(backup, part, Read, certificates, passphrase);
        }
        catch (LettaDrException absent) when (absent.Id == "PrivateKeyNotFound" && certificates.Count == 0)
        {
            return null;
        }
    }

    /// <summary>What a file of the configuration held.</summary>
    public byte[] Content(ConfigurationFile file, SecretOpening? opening)
    {
        var stored = Read(file.StoredAs!);
        return file.Protection == FileProtection.Encrypted ? opening!.Open(stored, file.StoredAs!) : stored;
    }

    /// <summary>A file of the set.</summary>
    /// <exception cref="LettaDrException">It is not there, or damaged.</exception>
    public byte[] Read(string name)
    {
        using var stored = Open(name);
        using var content = new MemoryStream();
        stored.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>A file of the set as a stream, whose digest is checked at its end.</summary>
    public Stream Open(string name) => repository.OpenContent(
        backup, backup.Manifest!.Files.FirstOrDefault(file => file.Name == name) ?? throw RepositoryFaults.FileMissing(name, backup.Path));
}
