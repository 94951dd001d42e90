namespace LettaDr;

/// <summary>Where results of recovery tests are kept.</summary>
internal interface IDrTestStore
{
    /// <summary>Writes the result as it stands, in place of what stood there before.</summary>
    void Save(DrTestResult result);

    /// <summary>The results of one deployment or of all, in no particular order; what cannot be read is left out.</summary>
    IReadOnlyList<DrTestResult> Find(string? deployment);
}
