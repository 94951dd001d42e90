namespace LettaDr;

/// <summary>A physical copy that a recovery can begin with, and the log that leads on from it.</summary>
/// <param name="Backup">The set.</param>
/// <param name="Chain">The full copy first, then each incremental one that is laid out as well, the set itself last.</param>
/// <param name="Part">What is known of the copy, whoever keeps it.</param>
/// <param name="Log">The log.</param>
/// <param name="History">The timeline that is followed, and those before it; the copy lies on one of them.</param>
/// <param name="Timelines">All timelines that are known of the cluster.</param>
internal sealed record RecoveryBase(
    Backup Backup, IReadOnlyList<Backup> Chain, ClusterPart Part, IWalArchive Log, TimelineHistory History, RecoveryTimelines Timelines)
{
    /// <summary>Whether the byte before a position lies on the same timeline seen from this history as seen from the copy.</summary>
    public static bool IsOnTheWay(ClusterPart part, TimelineHistory history) => history.TimelineAt(new Lsn(part.EndLsn.Value - 1)) == part.Timeline;
}
