namespace LettaDr.Systems;

/// <summary>Outcomes as a sign, a word and a colour; never by the colour alone.</summary>
internal static class HtmlOutcome
{
    public static string ClassOf(Outcome? outcome) => outcome switch
    {
        Outcome.Passed => "passed",
        Outcome.Failed => "failed",
        _ => "notrun",
    };

    public static void Write(HtmlWriter html, Outcome? outcome)
    {
        var sign = outcome switch { Outcome.Passed => "✓", Outcome.Failed => "✕", _ => "–" };
        html.Write($"<span class=\"outcome {ClassOf(outcome)}\"><span class=\"sign\" aria-hidden=\"true\">{sign}</span>{ReportText.Of(outcome)}</span>");
    }
}
