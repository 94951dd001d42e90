namespace LettaDr;

/// <summary>What sort of trouble stopped an operation; decides the PowerShell error category.</summary>
public enum FaultKind
{
    /// <summary>An argument cannot be meant as given.</summary>
    InvalidArgument,

    /// <summary>Something named is not there.</summary>
    NotFound,

    /// <summary>A host or service cannot be reached.</summary>
    Unreachable,

    /// <summary>A password or certificate was refused.</summary>
    AuthenticationFailed,

    /// <summary>The role or user may not do what is needed.</summary>
    PermissionDenied,

    /// <summary>Versions, extensions or clusters do not go together.</summary>
    Incompatible,

    /// <summary>Somebody else is using what is needed.</summary>
    Busy,

    /// <summary>Disk, memory or connections do not suffice.</summary>
    InsufficientResources,

    /// <summary>What was read is not what was written.</summary>
    DataCorrupt,

    /// <summary>What was named exists already.</summary>
    AlreadyExists,

    /// <summary>A program, tool or engine is not installed or not running.</summary>
    NotInstalled,

    /// <summary>A server or program reported an error of its own.</summary>
    OperationFailed,
}
