namespace LettaDr.Cmdlets;

/// <summary>How a database is backed up.</summary>
public enum DatabaseBackupType
{
    /// <summary>One database, row by row and with its schema, from one snapshot; any later version of PostgreSQL takes it.</summary>
    Logical,

    /// <summary>All files of the whole cluster, as the basis of a recovery to any later moment.</summary>
    Base,

    /// <summary>The blocks of the cluster's files that have changed since another physical set.</summary>
    Incremental,

    /// <summary>What has changed since the last full backup; pgBackRest alone makes these.</summary>
    Differential,
}
