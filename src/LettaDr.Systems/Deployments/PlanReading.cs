using Newtonsoft.Json.Linq;
using YamlDotNet.Core;

namespace LettaDr.Systems;

/// <summary>What came of reading a plan file: the plan, or how far it got and what is wrong.</summary>
internal sealed record PlanReading
{
    /// <summary>The plan; null when it is not valid.</summary>
    public DrPlan? Plan { get; private init; }

    /// <summary>What is wrong, in the order of the file; nothing when the plan is valid.</summary>
    public IReadOnlyList<PlanProblem> Problems { get; private init; } = [];

    /// <summary>Whether it is YAML.</summary>
    public bool Parsed { get; private init; }

    /// <summary>Whether it is as the schema says.</summary>
    public bool MatchesSchema { get; private init; }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="path">The file that it is from; relative paths count from its folder.</param>
    public static PlanReading Of(string text, string path)
    {
        JObject document;
        try
        {
            document = PlanYaml.Parse(text);
        }
        catch (YamlException exception)
        {
            return new PlanReading { Problems = [NotYaml(exception)] };
        }

        if (PlanSchema.Problems(document) is { Count: > 0 } faults)
        {
            return new PlanReading { Parsed = true, Problems = faults };
        }

        if (PlanMapping.Addresses(document).Select(problem => Locate(problem, document)).ToList() is { Count: > 0 } impossible)
        {
            return new PlanReading { Parsed = true, MatchesSchema = true, Problems = impossible };
        }

        var plan = new PlanMapping(Path.GetDirectoryName(path)!).Map(document, path);
        List<PlanProblem> incoherences = [.. DrPlanRules.Problems(plan).Select(problem => Locate(problem, document))
            .OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];
        return new PlanReading { Parsed = true, MatchesSchema = true, Problems = incoherences, Plan = incoherences.Count == 0 ? plan : null };
    }

    // The message may quote what stands there, and a password may.
    private static PlanProblem NotYaml(YamlException exception) => new(
        string.Empty, $"This is not YAML as a plan may have it: {SecretRedaction.Apply(exception.Message)}", "Correct it; about_LettaDrPlan shows a whole plan.")
    {
        Line = exception.Start.Line, Column = exception.Start.Column,
    };

    /// <summary>With the place of its value, or of the nearest thing above that is written out.</summary>
    private static PlanProblem Locate(PlanProblem problem, JObject document)
    {
        var at = problem.At;
        JToken? token;
        while ((token = document.SelectToken(at)) is null)
        {
            at = at[..Math.Max(at.LastIndexOf('.'), 0)];
        }

        var mark = PlanYaml.MarkOf(token);
        return problem with { Line = mark.Line, Column = mark.Column };
    }
}
