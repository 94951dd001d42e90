using Markdig.Extensions.Yaml;

namespace LettaDr.Help;

/// <summary>The keys above a page's title.</summary>
/// <param name="HelpFile">The help file that the page goes into, e.g. <c>LettaDr.Cmdlets.dll-Help.xml</c>.</param>
/// <param name="ModuleName">The module.</param>
/// <param name="OnlineVersion">Address that <c>Get-Help -Online</c> opens; empty when there is none.</param>
internal sealed record FrontMatter(string HelpFile, string ModuleName, string OnlineVersion)
{
    /// <summary>Version of the layout that pages follow.</summary>
    public const string Schema = "2.0.0";

    /// <summary>The front matter as pages have it.</summary>
    public override string ToString() =>
        $"---\nexternal help file: {HelpFile}\nModule Name: {ModuleName}\n"
        + $"online version: {OnlineVersion}".TrimEnd()
        + $"\nschema: {Schema}\n---";

    /// <summary>Reads the front matter of a page.</summary>
    public static FrontMatter Read(MarkdownSource source, PageErrors errors)
    {
        Dictionary<string, string> entries = [];
        if (source.Document.OfType<YamlFrontMatterBlock>().FirstOrDefault() is { } block)
        {
            foreach (var line in Prose.CodeOf(block).Split('\n'))
            {
                var parts = line.Split(':', 2);
                entries[parts[0].Trim()] = parts[^1].Trim();
            }
        }

        foreach (var key in (string[])["external help file", "Module Name", "online version", "schema"])
        {
            if (!entries.TryGetValue(key, out var value) || (value.Length == 0 && key != "online version"))
            {
                errors.Layout(1, $"the front matter has no \"{key}\"");
            }
        }

        if (entries.TryGetValue("schema", out var schema) && schema is not (Schema or ""))
        {
            errors.Layout(1, $"the front matter says schema {schema}; pages follow {Schema}");
        }

        var helpFile = entries.GetValueOrDefault("external help file", "");
        var isPlainName = helpFile == Path.GetFileName(helpFile)
            && helpFile.EndsWith("-Help.xml", StringComparison.Ordinal);
        if (helpFile.Length > 0 && !isPlainName)
        {
            errors.Layout(
                1,
                $"the external help file \"{helpFile}\" must be the plain name of a file that ends with -Help.xml");
        }

        return new FrontMatter(
            helpFile, entries.GetValueOrDefault("Module Name", ""), entries.GetValueOrDefault("online version", ""));
    }
}
