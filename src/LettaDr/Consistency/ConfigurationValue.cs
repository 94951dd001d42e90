namespace LettaDr;

/// <summary>What one side has for an item. It may be a secret: it is never shown as it is.</summary>
internal sealed record ConfigurationValue
{
    /// <summary>The value, or a file's text; null when nobody can read it, or the file is no text.</summary>
    public string? Text { get; init; }

    /// <summary>A file's bytes.</summary>
    public byte[]? Content { get; init; }

    /// <summary>A file's size in bytes, known also where its content is not.</summary>
    public long? Size { get; init; }

    /// <summary>When a file was last written to; null when nobody can say.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>Whether it is a secret, whatever it is called.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Why it cannot be compared; null when it can. Of an item without a name it holds for the whole scope.</summary>
    public string? Unknown { get; init; }

    /// <inheritdoc/>
    public override string ToString() => "********";
}
