using System.Text;

namespace LettaDr.Systems;

/// <summary>Writes a configuration's files into a set: as they are, encrypted where they hold secrets, or with the secrets blanked.</summary>
internal sealed class FileProtecting(BackupDraft draft, KnownSecrets secrets, SecretEnvelope? envelope)
{
    private const string Folder = "configuration/files/";
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes one file and tells how it is kept.</summary>
    public ConfigurationFile Write(CollectedFile file)
    {
        var text = TextOf(file.Content);
        var spans = text is null ? [] : secrets.Find(text);
        IReadOnlyList<string> names = file.IsSecret
            ? [Path.GetFileName(file.Path)]
            : text is null ? secrets.Find(file.Content) : [.. spans.Select(span => span.Name).Distinct(StringComparer.Ordinal)];
        var protection = names.Count == 0 ? FileProtection.Plain
            : envelope is not null ? FileProtection.Encrypted
            : text is not null ? FileProtection.Redacted
            : FileProtection.LeftOut;
        var stored = protection switch
        {
            FileProtection.Plain => Store(file.Path, file.Content),
            FileProtection.Encrypted => Store(file.Path + SecretEnvelope.Extension, envelope!.Seal(file.Content)),
            FileProtection.Redacted => Store(
                file.Path, Encoding.UTF8.GetBytes(KnownSecrets.Blank(text!, Whole(file, text!, spans)))),
            _ => null,
        };
        return new ConfigurationFile
        {
            Path = file.Path, OriginalPath = file.OriginalPath, Container = file.Container, Purpose = file.Purpose, Mode = file.ModeText,
            Size = file.Content.Length, Protection = protection, StoredAs = stored, Secrets = names,
        };
    }

    /// <summary>The file's text, by its byte order mark, else as UTF-8 or Latin-1; null when it is none.</summary>
    public static string? TextOf(byte[] content)
    {
        Encoding[] marked = [Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode];
        if (Array.Find(marked, encoding => content.AsSpan().StartsWith(encoding.Preamble)) is { } known)
        {
            return known.GetString(content.AsSpan(known.Preamble.Length));
        }

        try
        {
            return content.AsSpan().Contains((byte)0) ? null : Strict.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            // One byte of another encoding in a comment must not hide the secrets of the other lines.
            return Encoding.Latin1.GetString(content);
        }
    }

    /// <summary>Of a file that is one secret, only a URI keeps what is none: everything else is blanked.</summary>
    private static IReadOnlyList<SecretSpan> Whole(CollectedFile file, string text, IReadOnlyList<SecretSpan> spans) =>
        !file.IsSecret || PostgresUri.IsUri(text) ? spans : [new SecretSpan(0, text.TrimEnd().Length, Path.GetFileName(file.Path))];

    private string Store(string path, byte[] content)
    {
        var name = Folder + path;
        draft.WriteText(name, content);
        return name;
    }
}
