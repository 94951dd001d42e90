namespace LettaDr;

/// <summary>The way a table's rows travel.</summary>
public enum TableRoute
{
    /// <summary>Inside pg_dump's archive, with everything that has semantics.</summary>
    Archive,

    /// <summary>As streams of binary COPY beside the archive.</summary>
    BinaryCopy,
}
