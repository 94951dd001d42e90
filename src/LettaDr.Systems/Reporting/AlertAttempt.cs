namespace LettaDr.Systems;

/// <summary>What came of one attempt to deliver an alert.</summary>
/// <param name="Delivered">Whether the endpoint acknowledged it.</param>
/// <param name="Response">What it said, or why it said nothing.</param>
/// <param name="MayRetry">Whether another attempt may fare better.</param>
/// <param name="RetryAfter">How long the endpoint wants to be left alone; null when it did not say.</param>
internal sealed record AlertAttempt(bool Delivered, string Response, bool MayRetry = false, TimeSpan? RetryAfter = null)
{
    /// <summary>A failure that another attempt would only repeat.</summary>
    public static AlertAttempt Final(string response) => new(false, response);

    /// <summary>A failure that may be over at another attempt.</summary>
    public static AlertAttempt Passing(string response) => new(false, response, MayRetry: true);
}
