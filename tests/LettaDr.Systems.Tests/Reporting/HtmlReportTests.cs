using System.Text;
using System.Text.RegularExpressions;

namespace LettaDr.Systems.Tests;

/// <summary>The HTML form: self-contained, safe, and with words for whatever is drawn.</summary>
public sealed partial class HtmlReportTests
{
    private static readonly string All = Render(ReportSample.Build(ReportSample.Everything()));

    private static string Render(DrReport report)
    {
        using var output = new MemoryStream();
        ReportFile.Render(report, DrReportFormat.Html, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    [Fact]
    public void It_holds_no_script_and_loads_nothing()
    {
        Assert.DoesNotContain("<script", All, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'; style-src 'unsafe-inline'", All, StringComparison.Ordinal);
        Assert.DoesNotMatch("""(?i)<[^>]*\s(src|on[a-z]+)\s*=""", All);
        Assert.DoesNotMatch("""(?i)<(link|iframe|object|embed|base|form|img)\b|@import|url\((?!#)""", All);
        Assert.DoesNotMatch("""href="(?!#)""", All);
    }

    [Fact]
    public void Whatever_stands_in_an_object_is_text()
    {
        Assert.Contains("52 agents, among them &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quoted&quot;", All, StringComparison.Ordinal);
        var check = ReportSample.Check("\"><img src=x onerror=alert(1)>", Outcome.Failed, "</title><svg onload=x>", "\u0000\u202Egpj.exe\uD800") with { Remedy = "' onmouseover='x" };
        var drill = ReportSample.Drill(DrTestScenario.FullRestore, ReportSample.Now, Outcome.Failed, "<b>bold</b>") with { Recommendations = ["<i>it</i>"] };

        var html = Render(ReportSample.Build([check, drill, ReportSample.Set("<u>", ReportSample.Now)], "<h1>title</h1>"));

        Assert.DoesNotMatch("<(img|svg onload|b>|i>|u>|h1>title)", html);
        Assert.Contains("\uFFFD\uFFFDgpj.exe\uFFFD", html, StringComparison.Ordinal);
        Assert.Contains("<title>&lt;h1&gt;title&lt;/h1&gt;</title>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_element_is_closed_where_it_was_opened()
    {
        var open = new Stack<string>();
        foreach (Match tag in Tag().Matches(All[All.IndexOf("</style>", StringComparison.Ordinal)..]))
        {
            var name = tag.Groups["name"].Value;
            if (tag.Value.StartsWith("</", StringComparison.Ordinal))
            {
                Assert.Equal(name == "style" || name is "head" or "html" ? name : open.Pop(), name);
            }
            else if (!tag.Value.EndsWith("/>", StringComparison.Ordinal) && name is not ("meta" or "html"))
            {
                open.Push(name);
            }
        }

        Assert.Empty(open);
    }

    [Fact]
    public void Charts_have_words_and_tables_have_headings()
    {
        var images = Image().Matches(All);
        Assert.InRange(images.Count, 20, 200);
        Assert.All(images, image => Assert.Matches("aria-label=\"[^\"]+\"><title>[^<]+</title>", image.Value));
        Assert.Contains("aria-label=\"RTO Database: 0:06:42 of 2:00:00, 5 %\"", All, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"RTO System: not measured, at most 4:00:00\"", All, StringComparison.Ordinal);
        Assert.Matches("aria-label=\"Sets of letta-production: 2,[0-9]+ sets in 97 days, at most 24 in one, 3 days without any.\"", All);
        Assert.Equal(All.Split("<table").Length, All.Split("<caption>").Length);
        Assert.DoesNotContain("<th>", All, StringComparison.Ordinal);
    }

    [Fact]
    public void An_outcome_is_a_sign_and_a_word_not_only_a_colour()
    {
        foreach (var (name, sign, word) in new[] { ("passed", "✓", "Passed"), ("failed", "✕", "Failed"), ("notrun", "–", "Not run") })
        {
            Assert.Contains($"<span class=\"outcome {name}\"><span class=\"sign\" aria-hidden=\"true\">{sign}</span>{word}</span>", All, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_bar_is_as_long_as_its_share_and_never_longer_than_its_place()
    {
        // Two thirds are the target: 11:30 of 15:00 is 51.11 %, 12 hours of one hour are the whole width.
        Assert.Contains("<rect class=\"failed\" y=\"4\" width=\"51.11%\"", All, StringComparison.Ordinal);
        Assert.Contains("<rect class=\"failed\" y=\"4\" width=\"100%\"", All, StringComparison.Ordinal);
        Assert.All(Width().Matches(All), width => Assert.InRange(double.Parse(width.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 0.1, 100));
    }

    [Fact]
    public void A_test_is_told_in_its_six_parts()
    {
        foreach (var part in new[] { "1. Objectives and scope", "2. Configuration before", "3. Steps", "4. Observed results and timing", "5. Issues and resolutions", "6. Recommendations" })
        {
            Assert.Equal(4, All.Split($"<h4>{part}</h4>").Length - 1);
        }

        Assert.Contains("The planted fault was not caught: ", All, StringComparison.Ordinal);
        Assert.Contains("It has not ended: it runs, or its process died.", All, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_sets_and_a_thousand_tests_are_a_page_that_can_be_sent()
    {
        var items = Enumerable.Range(0, 10_000).Select(number => (object)ReportSample.Set("letta", ReportSample.Now.AddHours(-number)))
            .Concat(Enumerable.Range(0, 1000).Select(number => ReportSample.Drill((DrTestScenario)(number % 5), ReportSample.Now.AddDays(-number), Outcome.Passed)));

        var html = Render(ReportSample.Build(items));

        Assert.InRange(html.Length, 50_000, 400_000);
        Assert.Contains("10,000 sets", html, StringComparison.Ordinal);
        Assert.Contains("9,900 more records of this table", html, StringComparison.Ordinal);
        Assert.Contains("900 more records of this table", html, StringComparison.Ordinal);
    }

    [GeneratedRegex("</?(?<name>[a-z][a-z0-9]*)(\\s[^>]*)?>")]
    private static partial Regex Tag();

    [GeneratedRegex("<svg[^>]*role=\"img\".*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Image();

    [GeneratedRegex("<rect[^>]* width=\"([0-9.]+)%\"")]
    private static partial Regex Width();
}
