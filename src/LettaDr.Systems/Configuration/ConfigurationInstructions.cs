using System.Globalization;
using System.Text;

namespace LettaDr.Systems;

/// <summary>Tells how the configuration of a set is put back by hand, with openssl and docker.</summary>
internal static class ConfigurationInstructions
{
    public static string Write(ConfigurationPart part)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Configuration as of {part.SnapshotTime:u}, of the project in {part.Folder ?? "no folder on this machine"}.");
        text.AppendLine("Files are below configuration/files, under the paths that they had in the project's folder; below _outside what lay elsewhere");
        text.AppendLine("on the machine, below _containers what lay in containers, with each container's environment.");
        if (part.Recipients.Count > 0)
        {
            text.AppendLine().AppendLine("Files that end in .p7m hold secrets and are encrypted (CMS, DER). Decrypt each:");
            if (part.Recipients.Any(recipient => !recipient.Passphrase))
            {
                text.AppendLine("     openssl cms -decrypt -inform DER -in FILE.p7m -inkey YOUR.key.pem -recip YOUR.cert.pem -out FILE");
                foreach (var recipient in part.Recipients.Where(recipient => !recipient.Passphrase))
                {
                    text.AppendLine(CultureInfo.InvariantCulture, $"     certificate: {recipient}");
                }
            }

            if (part.Recipients.Any(recipient => recipient.Passphrase))
            {
                text.AppendLine("with the passphrase, for which openssl asks:");
                text.AppendLine(CultureInfo.InvariantCulture, $"     openssl cms -decrypt -inform DER -in FILE.p7m -inkey {PassphraseKey.KeyFile} -recip {PassphraseKey.CertificateFile} -out FILE");
            }
        }

        text.AppendLine().AppendLine("Permissions, and where each file was:");
        foreach (var file in part.Files.Where(file => file.StoredAs is not null))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"     {file.Mode ?? "-",4}  {file.StoredAs}  {file.OriginalPath}{(file.Container is null ? string.Empty : $" in {file.Container}")}");
        }

        if (part.SecretsLeftOut.Count > 0)
        {
            text.AppendLine().AppendLine("Not in the set; put them back where ******** stands:");
            part.SecretsLeftOut.ToList().ForEach(left => text.AppendLine("     " + left));
        }

        text.AppendLine().AppendLine("Images:");
        foreach (var container in part.Containers)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"     {container.Name}: {container.Image} {container.ImageDigest}");
        }

        if (part.Images.Count > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"     zstd -dc {ImageArchive.FileName} | docker load");
        }

        return text.ToString();
    }
}
