using System.Diagnostics;
using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Delivers alerts, to all endpoints at once, and tells of each whether it acknowledged.</summary>
/// <remarks>An attempt whose answer is lost is made again, so that an endpoint may get an alert twice, but never silently none.</remarks>
internal static class AlertSender
{
    /// <summary>Delivers an alert within the usual limits.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="notifications">The endpoints.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One result an endpoint, in their order; what is wrong with an endpoint is in its result, never thrown.</returns>
    public static Task<IReadOnlyList<DrAlertDelivery>> SendAsync(
        DrAlert alert, IReadOnlyList<DrNotification> notifications, CancellationToken cancellationToken) =>
        SendAsync(alert, notifications, AlertLimits.Default, cancellationToken);

    /// <summary>Delivers an alert within these limits.</summary>
    /// <inheritdoc cref="SendAsync(DrAlert, IReadOnlyList{DrNotification}, CancellationToken)"/>
    public static async Task<IReadOnlyList<DrAlertDelivery>> SendAsync(
        DrAlert alert, IReadOnlyList<DrNotification> notifications, AlertLimits limits, CancellationToken cancellationToken) =>
        await Task.WhenAll(notifications.Select(notification => DeliverAsync(alert, notification, limits, cancellationToken))).ConfigureAwait(false);

    private static async Task<DrAlertDelivery> DeliverAsync(
        DrAlert alert, DrNotification notification, AlertLimits limits, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var attempts = 0;
        AlertAttempt result;
        try
        {
            using var endpoint = AlertEndpoints.Open(notification, limits.Attempt);
            do
            {
                attempts++;
                result = await TryAsync(endpoint, alert, limits.Attempt, cancellationToken).ConfigureAwait(false);
            }
            while (await MayTryAgainAsync(result, attempts, limits, cancellationToken).ConfigureAwait(false));
        }
        catch (LettaDrException unusable)
        {
            result = AlertAttempt.Final($"{unusable.Message} {unusable.Remedy}");
        }

        return new DrAlertDelivery
        {
            Notification = notification.Name, Deployment = alert.Deployment, Kind = notification.Kind, Delivered = result.Delivered,
            Response = result.Response, Attempts = attempts, Duration = watch.Elapsed, At = DateTimeOffset.UtcNow,
        };
    }

    private static async Task<AlertAttempt> TryAsync(IAlertEndpoint endpoint, DrAlert alert, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limit);
        try
        {
            return await endpoint.TryAsync(alert, time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return AlertAttempt.Passing(string.Create(CultureInfo.InvariantCulture, $"It did not answer within {limit.TotalSeconds:0.#} s."));
        }
    }

    private static async Task<bool> MayTryAgainAsync(AlertAttempt result, int attempts, AlertLimits limits, CancellationToken cancellationToken)
    {
        var wait = result.RetryAfter ?? Shorter(limits.FirstWait * Math.Pow(2, attempts - 1), limits.LongestWait);
        if (result.Delivered || !result.MayRetry || attempts >= limits.Attempts || wait > limits.LongestWait)
        {
            return false;
        }

        await limits.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
