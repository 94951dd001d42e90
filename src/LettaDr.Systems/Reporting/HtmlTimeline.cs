using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Sets over time as bars, with the same figures as a table that unfolds.</summary>
internal sealed class HtmlTimeline(HtmlWriter html)
{
    private const int Height = 72;
    private const int Baseline = 6;

    public void Write(BackupTimeline timeline)
    {
        var most = timeline.Periods.Max(period => period.Total);
        var empty = timeline.Periods.Count(period => period.Total == 0);
        var words = $"{timeline.Title}: {Count.Of(timeline.Periods.Sum(period => period.Total), "set")} in {Count.Of(timeline.Periods.Count, timeline.Unit)}, "
            + $"at most {Count.Number(most)} in one, {Count.Of(empty, timeline.Unit)} without any.";
        html.Write($"<div class=\"timeline\"><span class=\"most\">{Count.Of(most, "set")}</span><svg width=\"100%\" height=\"{Height + Baseline}\" role=\"img\" aria-label=\"{words}\"><title>{words}</title>");
        html.Write($"<line class=\"base\" x1=\"0\" x2=\"100%\" y1=\"{Height}\" y2=\"{Height}\"/>");
        var step = 100d / timeline.Periods.Count;
        for (var i = 0; i < timeline.Periods.Count; i++)
        {
            Bar(timeline.Periods[i], i * step, step * 0.78, Math.Max(1, most));
        }

        html.Write($"</svg><div class=\"ends\"><span>{Day(timeline.Periods[0].From)}</span><span>{Day(timeline.Periods[timeline.Periods.Count / 2].From)}</span><span>{Day(timeline.Periods[^1].From)}</span></div></div>\n");
        html.Markup("<p class=\"legend\">");
        Key("proven", "proven by a restore");
        Key("unproven", "complete");
        Key("unusable", "incomplete, damaged or failed");
        Key("gap", "none");
        html.Write($"</p>\n<p class=\"note\">{timeline.Note}{(empty > 0 ? $" {Count.Of(empty, timeline.Unit)} {(empty == 1 ? "has" : "have")} none." : string.Empty)}</p>\n");
        Table(timeline);
    }

    private void Bar(BackupPeriod period, double x, double width, int most)
    {
        var words = $"{Day(period.From)}: {period.Proven} proven, {period.Unproven} complete, {period.Unusable} unusable";
        html.Write($"<g><title>{words}</title>");
        if (period.Total == 0)
        {
            html.Write($"<rect class=\"gap\" x=\"{x}%\" y=\"{Height + 1}\" width=\"{width}%\" height=\"4\"/>");
        }

        double y = Height;
        foreach (var (number, name) in new[] { (period.Proven, "proven"), (period.Unproven, "unproven"), (period.Unusable, "unusable") })
        {
            if (number > 0)
            {
                // A single bad set among many must still be seen.
                var height = Math.Min(y, Math.Max(name == "unproven" ? 1 : 3, (double)number / most * (Height - 8)));
                y -= height;
                html.Write($"<rect class=\"{name}\" x=\"{x}%\" y=\"{y}\" width=\"{width}%\" height=\"{height}\"/>");
            }
        }

        html.Markup("</g>");
    }

    private void Key(string name, string words) =>
        html.Write($"<span><svg width=\"12\" height=\"12\" aria-hidden=\"true\"><rect class=\"{name}\" width=\"12\" height=\"12\"/></svg>{words}</span> ");

    private void Table(BackupTimeline timeline)
    {
        html.Write($"<details><summary>The figures of this chart</summary><div class=\"scroll\"><table><caption>{timeline.Title}</caption><thead><tr><th scope=\"col\">From</th>");
        html.Markup("<th scope=\"col\" class=\"number\">Proven</th><th scope=\"col\" class=\"number\">Complete</th><th scope=\"col\" class=\"number\">Unusable</th></tr></thead><tbody>\n");
        foreach (var period in timeline.Periods.Reverse())
        {
            html.Write($"<tr><td data-label=\"From\">{Day(period.From)}</td><td class=\"number\" data-label=\"Proven\">{period.Proven}</td>");
            html.Write($"<td class=\"number\" data-label=\"Complete\">{period.Unproven}</td><td class=\"number\" data-label=\"Unusable\">{period.Unusable}</td></tr>\n");
        }

        html.Markup("</tbody></table></div></details>\n");
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
