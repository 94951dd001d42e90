namespace LettaDr;

/// <summary>How far an operation is.</summary>
/// <param name="Activity">The operation, e.g. <c>Backing up letta</c>.</param>
/// <param name="Status">What it does now, e.g. <c>Copying table rows</c>.</param>
/// <param name="BytesDone">Bytes done so far.</param>
/// <param name="BytesTotal">Bytes expected; 0 while unknown.</param>
/// <param name="Rate">Bytes a second, averaged over the last seconds; 0 while unknown.</param>
/// <param name="Remaining">Time left at that rate; null while unknown.</param>
public sealed record OperationProgress(
    string Activity, string Status, long BytesDone, long BytesTotal, double Rate, TimeSpan? Remaining);
