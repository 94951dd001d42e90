namespace LettaDr.Systems;

/// <summary>Somewhere that alerts go.</summary>
internal interface IAlertEndpoint : IDisposable
{
    /// <summary>Tries once.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="cancellationToken">Ends the attempt, when its time is up or nobody wants it any more.</param>
    /// <returns>What came of it; it throws only <see cref="OperationCanceledException"/>.</returns>
    Task<AlertAttempt> TryAsync(DrAlert alert, CancellationToken cancellationToken);
}
