using System.Globalization;

namespace LettaDr;

/// <summary>An alert in sentences.</summary>
internal static class AlertText
{
    /// <summary>One line with the severity, e.g. <c>Critical: The backup failed</c>.</summary>
    public static string Heading(DrAlert alert) => $"{alert.Severity}: {OneLine(alert.Title)}";

    /// <summary>A check with its evidence and remedy.</summary>
    public static string Of(CheckResult check) =>
        $"{check.Name} of {check.Target}: {check.Outcome}. {check.Evidence}{(check.Remedy is null ? "" : $" {check.Remedy}")}";

    /// <summary>What it is about, and when and where it was raised.</summary>
    public static string Footer(DrAlert alert) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(alert.Deployment is null ? "" : $"Deployment {alert.Deployment}. ")}Raised by LettaDr on {Environment.MachineName} at {alert.RaisedAt.UtcDateTime:u}.");

    /// <summary>The whole alert, as an e-mail says it.</summary>
    public static string Whole(DrAlert alert) => string.Join(
        "\n\n",
        new[] { alert.Message }.Concat(alert.Checks.Select(Of)).Append(Footer(alert)).Where(paragraph => paragraph.Length > 0)) + "\n";

    /// <summary>A text without line breaks and other control characters.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A text of at most so many characters; what is cut off shows by an ellipsis.</summary>
    public static string Short(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        // Half a pair of surrogates is no text.
        var end = longest - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }

    /// <summary>The alert of checks that did not pass; null when all did, for then nothing is to be told.</summary>
    public static DrAlert? Of(IReadOnlyList<CheckResult> checks, string? deployment)
    {
        var open = checks.Where(check => check.Outcome != Outcome.Passed).ToList();
        var failed = open.Count(check => check.Outcome == Outcome.Failed);
        return open.Count == 0 ? null : new DrAlert
        {
            Title = $"{failed} of {checks.Count} checks failed{(open.Count > failed ? $", {open.Count - failed} were not run" : "")}",
            Message = "Recovery is not assured until what is named here is put right.",
            Severity = failed > 0 ? DrAlertSeverity.Critical : DrAlertSeverity.Warning,
            Deployment = deployment,
            Checks = open,
        };
    }
}
