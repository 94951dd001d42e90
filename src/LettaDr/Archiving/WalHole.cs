namespace LettaDr;

/// <summary>Segments that are missing from an archive that goes on after them.</summary>
/// <param name="First">The first that is missing.</param>
/// <param name="Last">The last that is missing.</param>
public sealed record WalHole(WalSegment First, WalSegment Last)
{
    /// <summary>How many are missing.</summary>
    public long Segments => (long)(Last.Number - First.Number) + 1;

    /// <inheritdoc/>
    public override string ToString() => First == Last ? First.Name : $"{First.Name} to {Last.Name}";
}
