namespace LettaDr.Systems;

/// <summary>How a copy for a recovery test is made.</summary>
internal sealed record DrTestCopyOptions
{
    /// <summary>Its services.</summary>
    public required SandboxRequest Sandbox { get; init; }

    /// <summary>The deployment's set that it is restored from; null makes a stand-in with made-up rows.</summary>
    public Backup? Set { get; init; }

    /// <summary>The repository that holds the set.</summary>
    public IBackupRepository? Repository { get; init; }

    /// <summary>Whether its server is LettaDr's stand-in instead of Letta itself.</summary>
    public bool IsStandIn { get; init; }

    /// <summary>Names of the deployment's variables that are blank in it.</summary>
    public IReadOnlyList<string> Blanked { get; init; } = [];

    /// <summary>Connections and processes at once.</summary>
    public int Jobs { get; init; } = 2;

    /// <summary>How long services may take until they are ready.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long each kind of what there is of it may take to be removed.</summary>
    public TimeSpan RemovalLimit { get; init; } = TimeSpan.FromMinutes(2);
}
