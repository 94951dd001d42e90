namespace LettaDr;

/// <summary>A text and where it was found.</summary>
/// <param name="Value">The text; it may be a secret, so this record never leaves the assembly's friends.</param>
/// <param name="Source">Where it came from; never a secret.</param>
internal sealed record SourcedText(string Value, string Source)
{
    /// <summary>Where it came from; the text itself may be a secret.</summary>
    public override string ToString() => Source;
}
