namespace LettaDr;

/// <summary>What a running step may say about itself.</summary>
internal sealed class StepContext
{
    /// <summary>Bytes moved; null when the step moves none.</summary>
    public long? Bytes { get; set; }
}
