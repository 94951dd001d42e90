namespace LettaDr;

/// <summary>The sections of pg_dump's archive, in the order in which they are restored.</summary>
internal enum ArchiveSection
{
    /// <summary>Schemas, types, tables, functions.</summary>
    PreData,

    /// <summary>Rows, large objects, positions of sequences.</summary>
    Data,

    /// <summary>Indexes, constraints, triggers, rules, refreshes of materialized views.</summary>
    PostData,
}
