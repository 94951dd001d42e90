namespace LettaDr;

/// <summary>What a cmdlet's <c>-Repository</c> takes: the directory that holds the sets.</summary>
public sealed class RepositoryReference
{
    /// <summary>Refers to a repository by its location.</summary>
    public RepositoryReference(string location)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        Location = location;
    }

    /// <summary>The location as given; a relative path is relative to the shell's current location.</summary>
    public string Location { get; }

    /// <inheritdoc/>
    public override string ToString() => Location;
}
