namespace LettaDr;

/// <summary>What was found of a recovery site.</summary>
/// <param name="Site">The site.</param>
/// <param name="Seen">What is there, in sentences.</param>
/// <param name="Problems">What a restore there would fail for, with what to do about it, in sentences.</param>
internal sealed record SiteEvidence(DrSite Site, IReadOnlyList<string> Seen, IReadOnlyList<string> Problems)
{
    /// <summary>What nobody could look at, in sentences.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];
}
