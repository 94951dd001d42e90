namespace LettaDr.Systems;

/// <summary>What a recovery test is about.</summary>
/// <param name="Name">The deployment that it counts for.</param>
/// <param name="Deployment">The deployment itself, where it is there.</param>
/// <param name="Repository">Keeps its sets and the result; null where none is used.</param>
/// <param name="Set">The set that the copy is restored from; null makes a stand-in with made-up rows.</param>
/// <param name="Objectives">What times are judged by.</param>
internal sealed record DrTestSubject(string Name, LettaDeployment? Deployment, IBackupRepository? Repository, Backup? Set, RecoveryTargets Objectives)
{
    /// <summary>The name under which tests are kept that are about no deployment.</summary>
    public const string StandIn = "stand-in";

    /// <summary>Where its results are kept.</summary>
    public IReadOnlyList<IDrTestStore> Stores => Repository is null ? [DrTestFolders.Local] : [DrTestFolders.Local, Repository.DrTests];
}
