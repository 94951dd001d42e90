namespace LettaDr.Systems;

/// <summary>Charts as inline SVG. All words are HTML beside it, so that they stay readable on a narrow screen; lengths are percentages.</summary>
internal sealed class HtmlCharts(HtmlWriter html)
{
    /// <summary>Hatchings, so that a bar tells by more than its colour; defined once for all charts.</summary>
    public const string Patterns = """
        <svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>
        <pattern id="hatch-failed" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ground failed" width="6" height="6"/><rect class="stripe" width="2" height="6"/></pattern>
        <pattern id="hatch-notrun" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ground rail" width="6" height="6"/><rect class="stripe" width="1.5" height="6"/></pattern>
        </defs></svg>

        """;

    // The target stands at two thirds of the width; what is more than half as much again goes over the edge.
    private const double WidestShare = 1.5;

    public void Write(IReportChart chart, int level)
    {
        html.Markup("<figure>\n");
        html.Write($"<figcaption role=\"heading\" aria-level=\"{level}\">{chart.Title}</figcaption>\n");
        switch (chart)
        {
            case ObjectiveChart objectives: Objectives(objectives); break;
            case BackupTimeline timeline: new HtmlTimeline(html).Write(timeline); break;
            case StageChart stages: Stages(stages); break;
            default: throw new InvalidOperationException($"No chart is drawn of {chart.GetType()}.");
        }

        html.Markup("</figure>\n");
    }

    /// <summary>The outcomes as parts of one bar.</summary>
    public void Proportions(ReportCounts counts)
    {
        if (counts.Total == 0)
        {
            return;
        }

        var words = $"{counts.Passed} passed, {counts.Failed} failed, {counts.NotRun} not run";
        html.Write($"<svg class=\"proportions\" width=\"100%\" height=\"10\" role=\"img\" aria-label=\"{words}\"><title>{words}</title>");
        var x = 0d;
        foreach (var (number, name) in new[] { (counts.Passed, "passed"), (counts.Failed, "failed"), (counts.NotRun, "notrun") })
        {
            var width = 100d * number / counts.Total;
            if (number > 0)
            {
                html.Write($"<rect class=\"{name}\" x=\"{x}%\" width=\"{width}%\" height=\"10\"/>");
            }

            x += width;
        }

        html.Markup("</svg>\n");
    }

    private void Objectives(ObjectiveChart chart)
    {
        html.Write($"<div class=\"axis\" aria-hidden=\"true\"><span></span><span class=\"scale\"><i class=\"first\">0</i><i class=\"mark\">target</i></span><span></span></div>\n<ul class=\"bars\">\n");
        foreach (var bar in chart.Bars)
        {
            var state = HtmlOutcome.ClassOf(bar.Outcome);
            html.Write($"<li><span class=\"name\">{bar.Name}<small>{bar.Deployment}</small></span>");
            html.Write($"<svg width=\"100%\" height=\"22\" role=\"img\" aria-label=\"{bar.Name}: {bar.Text}\"><title>{bar.Name}: {bar.Text}</title>");
            html.Write($"<rect class=\"{(bar.Actual is null ? "unknown" : "rail")}\" y=\"4\" width=\"100%\" height=\"14\" rx=\"2\"/>");
            if (bar.ForeseenShare is { } foreseen)
            {
                html.Write($"<rect class=\"foreseen {state}\" y=\"7\" width=\"{WidthOf(foreseen)}%\" height=\"8\" rx=\"2\"/>");
            }

            if (bar.Share is { } share)
            {
                html.Write($"<rect class=\"{state}\" y=\"4\" width=\"{WidthOf(share)}%\" height=\"14\" rx=\"2\"/>");
            }

            html.Write($"<line class=\"target\" x1=\"{100 / WidestShare}%\" x2=\"{100 / WidestShare}%\" y1=\"0\" y2=\"22\"/></svg><span class=\"value\">");
            HtmlOutcome.Write(html, bar.Outcome);
            html.Write($" {bar.Text}<small>{bar.ForeseenText}</small></span></li>\n");
        }

        html.Markup("</ul>\n<p class=\"note\">The line is the target, the bar what was measured, the thin bar behind it what is foreseen. A bar at the right edge is longer than it can be drawn.</p>\n");
    }

    private static double WidthOf(double share) => Math.Clamp(share / WidestShare * 100, 0.6, 100);

    private void Stages(StageChart chart)
    {
        var end = Math.Max(chart.End.TotalSeconds, 0.001);
        html.Markup("<ul class=\"bars stages\">\n");
        foreach (var bar in chart.Bars)
        {
            var words = bar.Duration is { } duration ? ReportText.Of(duration) : "did not end";
            var x = Math.Min(bar.Start.TotalSeconds / end * 100, 99.4);
            var width = Math.Min(100 - x, Math.Max(0.6, (bar.Duration ?? TimeSpan.Zero).TotalSeconds / end * 100));
            html.Write($"<li><span class=\"name\">{bar.Name}</span><svg width=\"100%\" height=\"14\" role=\"img\" aria-label=\"{bar.Name}: {words}, begun after {ReportText.Of(bar.Start)}\">");
            html.Write($"<title>{bar.Name}: {words}, begun after {ReportText.Of(bar.Start)}</title><rect class=\"rail\" width=\"100%\" height=\"14\" rx=\"2\"/>");
            html.Write($"<rect class=\"{(bar.Outcome == Outcome.Passed ? "stage" : HtmlOutcome.ClassOf(bar.Outcome))}\" x=\"{x}%\" width=\"{width}%\" height=\"14\" rx=\"2\"/></svg>");
            html.Write($"<span class=\"value\">{words}{(bar.Outcome == Outcome.Passed ? string.Empty : ", " + ReportText.Of(bar.Outcome).ToLowerInvariant())}</span></li>\n");
        }

        html.Write($"</ul>\n<p class=\"note\">{ReportText.Of(chart.End)} from the beginning of the first stage to the end of the last.</p>\n");
    }
}
