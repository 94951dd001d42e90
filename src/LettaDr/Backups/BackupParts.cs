namespace LettaDr;

/// <summary>What a set holds of a deployment.</summary>
[Flags]
public enum BackupParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The PostgreSQL database.</summary>
    Database = 1,

    /// <summary>Redis's files.</summary>
    Cache = 2,

    /// <summary>Compose files, environment files and what else the deployment is configured by.</summary>
    Configuration = 4,

    /// <summary>The agents' memory repositories.</summary>
    Memory = 8,

    /// <summary>The containers' images.</summary>
    Images = 16,

    /// <summary>The whole PostgreSQL cluster, copied physically.</summary>
    Cluster = 32,

    /// <summary>The whole PostgreSQL cluster, kept by pgBackRest in a repository of its own; the set holds the proof.</summary>
    PgBackRest = 64,
}
