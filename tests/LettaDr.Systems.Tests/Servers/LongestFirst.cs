using Xunit.Abstractions;

[assembly: TestCollectionOrderer("LettaDr.Systems.Tests.LongestFirst", "LettaDr.Systems.Tests")]

namespace LettaDr.Systems.Tests;

/// <summary>Begins what takes minutes first: begun last, it would run on alone when all else is done.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        nameof(RestoreCollection), nameof(KilledSystemRestoreTests), nameof(RedisCollection), nameof(MaintenanceCollection),
        nameof(SystemRestoreTests), nameof(WalArchivingTests), nameof(WalSlotTests), nameof(ClusterBackupServer), nameof(BackupServer),
        nameof(PgBackRestCollection), nameof(SandboxStackTests), nameof(ConsistencyCollection), nameof(DatabaseCorruptionTests),
        nameof(DrTestCopyTests), nameof(KilledRecoveryTests),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(Place);

    /// <summary>A class that belongs to no collection is one itself, which has the class in its name.</summary>
    private static int Place(ITestCollection collection)
    {
        var words = collection.DisplayName.Split(' ', '.');
        var place = Array.FindIndex(Long, words.Contains);
        return place < 0 ? Long.Length : place;
    }
}
