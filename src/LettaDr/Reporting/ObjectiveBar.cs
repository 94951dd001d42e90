namespace LettaDr;

/// <summary>One objective: shares of the target, so that minutes and hours stand beside each other.</summary>
/// <param name="Name">E.g. <c>RTO Database</c>.</param>
/// <param name="Deployment">Whose.</param>
/// <param name="Target">The most that it may be.</param>
/// <param name="Actual">What was measured; null where nobody knows.</param>
/// <param name="Foreseen">The forecast, or the worst case; null where nobody knows.</param>
/// <param name="Outcome">Whether it is met.</param>
internal sealed record ObjectiveBar(
    string Name, string Deployment, TimeSpan Target, TimeSpan? Actual, TimeSpan? Foreseen, Outcome Outcome)
{
    public double? Share => Actual / Target;

    public double? ForeseenShare => Foreseen / Target;

    /// <summary>E.g. <c>0:06:42 of 2:00:00, 6 %</c>.</summary>
    public string Text => Actual is { } actual
        ? $"{DurationText.Of(actual)} of {DurationText.Of(Target)}, {ShareText.Of(actual / Target)}"
        : $"not measured, at most {DurationText.Of(Target)}";

    /// <summary>The forecast or worst case in words; null where nobody knows.</summary>
    public string? ForeseenText => Foreseen is { } foreseen
        ? $"{(Name.StartsWith("RTO", StringComparison.Ordinal) ? "forecast" : "worst case")} {DurationText.Of(foreseen)}, {ShareText.Of(foreseen / Target)}"
        : null;
}
