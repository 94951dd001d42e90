namespace LettaDr;

/// <summary>What a cmdlet's <c>-Backup</c> takes: a <see cref="LettaDr.Backup"/>, or the id, path or <c>latest</c> of one.</summary>
public sealed class BackupReference
{
    /// <summary>Refers to a set already found.</summary>
    public BackupReference(Backup backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        Backup = backup;
    }

    /// <summary>Refers to a set by id, by path, or as <c>latest</c>.</summary>
    public BackupReference(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        Text = text;
    }

    /// <summary>The set, when the reference was made from one.</summary>
    public Backup? Backup { get; }

    /// <summary>The text, when the reference was made from one.</summary>
    public string? Text { get; }

    /// <inheritdoc/>
    public override string ToString() => Backup?.Id ?? Text!;
}
