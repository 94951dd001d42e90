using System.Security.Cryptography.X509Certificates;

namespace LettaDr.Systems;

/// <summary>How a whole system is to be restored.</summary>
internal sealed record SystemRestoreOptions
{
    /// <summary>The repository that holds the set.</summary>
    public required IBackupRepository Repository { get; init; }

    /// <summary>Certificates whose private keys open the set's secrets.</summary>
    public IReadOnlyList<X509Certificate2> Certificates { get; init; } = [];

    /// <summary>The passphrase that opens the set's secrets.</summary>
    public Secret? Passphrase { get; init; }

    /// <summary>Leaves out what is encrypted.</summary>
    public bool SkipEncrypted { get; init; }

    /// <summary>Sets files that differ aside instead of refusing.</summary>
    public bool Force { get; init; }

    /// <summary>Connections and processes at once.</summary>
    public int Jobs { get; init; } = 2;

    /// <summary>Ends sessions on the live database.</summary>
    public bool DisconnectSessions { get; init; }

    /// <summary>Drops the replaced database, removes the replaced files of Redis.</summary>
    public bool DiscardPrevious { get; init; }

    /// <summary>How long services may take until they are ready.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where journals of the parts go beside the repository.</summary>
    public IJournalStore Journals { get; init; } = JournalDirectory.Local;

    /// <summary>The restore of the set's files to a folder.</summary>
    public ConfigurationRestoreRequest FilesRequest(Backup backup, string destination, bool memory) => new()
    {
        Backup = backup, Destination = destination, Certificates = Certificates, Passphrase = Passphrase, SkipEncrypted = SkipEncrypted,
        // Repositories of agents that were changed since are set aside, as the database is.
        Force = Force || memory, SkipMemory = !memory,
    };
}
