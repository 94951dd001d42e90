using System.Text.Json;
using System.Text.Json.Nodes;

namespace LettaDr;

/// <summary>What each kind of webhook is sent: the same alert, in the endpoint's own shape.</summary>
internal static class AlertDocument
{
    // Slack refuses a message of more than 50 blocks, a header over 150 and a text over 3,000 characters; Teams one over 28 KB.
    private const int MostChecks = 20;
    private const int LongestHeader = 150;
    private const int LongestText = 2900;
    private const int LongestCheck = 600;

    /// <summary>The body for an endpoint; UTF-8 JSON.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="kind">The endpoint's kind; e-mail has no document.</param>
    public static byte[] Of(DrAlert alert, DrNotificationKind kind) => JsonSerializer.SerializeToUtf8Bytes(kind switch
    {
        DrNotificationKind.Slack => Slack(alert),
        DrNotificationKind.Teams => Teams(alert),
        _ => Generic(alert),
    });

    private static JsonObject Generic(DrAlert alert) => new()
    {
        ["format"] = "lettadr-alert/1",
        ["title"] = alert.Title,
        ["message"] = alert.Message,
        ["severity"] = alert.Severity.ToString(),
        ["deployment"] = alert.Deployment,
        ["raisedAt"] = alert.RaisedAt.ToUniversalTime(),
        ["checks"] = new JsonArray([.. alert.Checks.Select(check => (JsonNode)new JsonObject
        {
            ["name"] = check.Name,
            ["target"] = check.Target,
            ["outcome"] = check.Outcome.ToString(),
            ["evidence"] = check.Evidence,
            ["remedy"] = check.Remedy,
            ["checkedAt"] = check.CheckedAt.ToUniversalTime(),
        })]),
    };

    // Plain text throughout: evidence quotes what others wrote, and must neither mention a channel nor become a link.
    private static JsonObject Slack(DrAlert alert) => new()
    {
        ["text"] = Escaped(AlertText.Short(AlertText.Heading(alert), LongestText)),
        ["blocks"] = new JsonArray([.. new[] { Block("header", AlertText.Short(AlertText.Heading(alert), LongestHeader)) }
            .Concat(Paragraphs(alert).Select(text => Block("section", text)))]),
    };

    private static JsonObject Block(string type, string text) => new()
    {
        ["type"] = type, ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = text, ["emoji"] = false },
    };

    private static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static JsonObject Teams(DrAlert alert) => new()
    {
        ["type"] = "message",
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["contentUrl"] = null,
            ["content"] = new JsonObject
            {
                ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                ["type"] = "AdaptiveCard",
                ["version"] = "1.4",
                ["msteams"] = new JsonObject { ["width"] = "Full" },
                ["body"] = new JsonArray([.. new[] { Heading(alert) }.Concat(Paragraphs(alert).Select(Plain))]),
            },
        }),
    };

    private static JsonObject Heading(DrAlert alert) => new()
    {
        ["type"] = "TextBlock", ["text"] = AlertText.Short(AlertText.Heading(alert), LongestHeader), ["wrap"] = true, ["weight"] = "Bolder", ["size"] = "Large",
        ["color"] = alert.Severity switch { DrAlertSeverity.Critical => "Attention", DrAlertSeverity.Warning => "Warning", _ => "Accent" },
    };

    // A RichTextBlock knows no Markdown; a TextBlock would read names like __cache__ as emphasis.
    private static JsonObject Plain(string text) => new()
    {
        ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(new JsonObject { ["type"] = "TextRun", ["text"] = text }),
    };

    private static IEnumerable<string> Paragraphs(DrAlert alert)
    {
        if (alert.Message.Length > 0)
        {
            yield return AlertText.Short(alert.Message, LongestText);
        }

        foreach (var check in alert.Checks.Take(MostChecks))
        {
            yield return AlertText.Short(AlertText.Of(check), LongestCheck);
        }

        if (alert.Checks.Count > MostChecks)
        {
            yield return $"And {alert.Checks.Count - MostChecks} more.";
        }

        yield return AlertText.Footer(alert);
    }
}
