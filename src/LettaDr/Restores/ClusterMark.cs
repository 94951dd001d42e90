namespace LettaDr;

/// <summary>What is noted beside a cluster's files that were set aside.</summary>
/// <param name="OperationId">The operation that did it.</param>
/// <param name="BackupId">The copy that the cluster in their place was recovered from.</param>
/// <param name="Target">The moment that it was recovered to, in words.</param>
/// <param name="At">When.</param>
internal sealed record ClusterMark(string OperationId, string BackupId, string Target, DateTimeOffset At);
