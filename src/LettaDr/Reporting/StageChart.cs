namespace LettaDr;

/// <summary>The stages of one operation on its axis of time.</summary>
internal sealed record StageChart(string Title, IReadOnlyList<StageBar> Bars) : IReportChart
{
    /// <summary>Where the last stage ends.</summary>
    public TimeSpan End => Bars.Select(bar => bar.Start + (bar.Duration ?? TimeSpan.Zero)).DefaultIfEmpty().Max();

    public static StageChart Of(string title, IReadOnlyList<JournalStep> steps) => new(
        title, Laid(steps.Select(step => (step.Name, step.StartedAt, step.Duration, step.Outcome))));

    public static StageChart Of(string title, IReadOnlyList<DrTestStep> steps) => new(
        title, Laid(steps.Select(step => (step.Name, step.StartedAt, (TimeSpan?)step.Duration, (Outcome?)step.Outcome))));

    /// <summary>Steps whose beginnings nobody wrote down, one after the other.</summary>
    public static StageChart Of(string title, IReadOnlyList<RunbookStepResult> steps)
    {
        var bars = new List<StageBar>();
        var start = TimeSpan.Zero;
        foreach (var step in steps)
        {
            bars.Add(new StageBar(step.Step.ToString(), start, step.Duration, step.Outcome));
            start += step.Duration;
        }

        return new StageChart(title, bars);
    }

    private static List<StageBar> Laid(IEnumerable<(string Name, DateTimeOffset StartedAt, TimeSpan? Duration, Outcome? Outcome)> steps)
    {
        var all = steps.ToList();
        var began = all.Count == 0 ? default : all.Min(step => step.StartedAt);
        return [.. all.Select(step => new StageBar(step.Name, step.StartedAt - began, step.Duration, step.Outcome))];
    }
}
