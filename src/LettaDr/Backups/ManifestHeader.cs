namespace LettaDr;

/// <summary>The one property that every format has.</summary>
internal sealed record ManifestHeader(int Format);
