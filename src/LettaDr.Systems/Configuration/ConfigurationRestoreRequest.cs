using System.Security.Cryptography.X509Certificates;

namespace LettaDr.Systems;

/// <summary>What a restore of configuration is asked to do.</summary>
internal sealed record ConfigurationRestoreRequest
{
    public required Backup Backup { get; init; }

    /// <summary>The folder to restore to; full path.</summary>
    public required string Destination { get; init; }

    /// <summary>Certificates given by the user; those of the stores are tried too.</summary>
    public IReadOnlyList<X509Certificate2> Certificates { get; init; } = [];

    public Secret? Passphrase { get; init; }

    /// <summary>Sets files that differ aside instead of refusing.</summary>
    public bool Force { get; init; }

    /// <summary>Puts what lay outside the project's folder back where it lay.</summary>
    public bool OriginalPaths { get; init; }

    /// <summary>Leaves out what is encrypted.</summary>
    public bool SkipEncrypted { get; init; }

    /// <summary>Leaves out the memory repositories.</summary>
    public bool SkipMemory { get; init; }

    /// <summary>Loads the set's images that the Docker engine lacks.</summary>
    public bool IncludeImages { get; init; }
}
