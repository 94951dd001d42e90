namespace LettaDr;

/// <summary>A role that owns, may use or is set for something in the database; never its password.</summary>
public sealed record DatabaseRole
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it can log in.</summary>
    public bool CanLogin { get; init; }

    /// <summary>Whether it is a superuser.</summary>
    public bool IsSuperuser { get; init; }

    /// <summary>Whether it inherits the rights of the roles it is a member of.</summary>
    public bool Inherits { get; init; } = true;

    /// <summary>Whether it may create databases.</summary>
    public bool CanCreateDatabases { get; init; }

    /// <summary>Whether it may create roles.</summary>
    public bool CanCreateRoles { get; init; }

    /// <summary>Whether it bypasses row security.</summary>
    public bool BypassesRowSecurity { get; init; }

    /// <summary>Whether it owns something in the database, which therefore cannot be restored without it.</summary>
    public bool OwnsObjects { get; init; }
}
