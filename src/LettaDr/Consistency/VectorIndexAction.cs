namespace LettaDr;

/// <summary>What <c>Repair-LettaVectorIndex</c> did with an index.</summary>
public enum VectorIndexAction
{
    /// <summary>It is sound, or there is none: nothing was to be done.</summary>
    Left,

    /// <summary>It was built anew beside itself and took its own place.</summary>
    Rebuilt,

    /// <summary>It was what a rebuild that broke off had left behind, and was dropped.</summary>
    Dropped,
}
