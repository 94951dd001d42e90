using System.Globalization;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;
using YamlDotNet.Core;

namespace LettaDr.Systems;

/// <summary>The published schema of plans, and what it says of one.</summary>
internal static class PlanSchema
{
    // It refers to nothing outside itself, so nothing is waited for.
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromJsonAsync(Text()).GetAwaiter().GetResult());

    /// <summary>The schema itself: docs/letta-dr.schema.json.</summary>
    public static string Text()
    {
        using var stream = typeof(PlanSchema).Assembly.GetManifestResourceStream("letta-dr.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>What is not as the schema says, in the order of the file.</summary>
    public static IReadOnlyList<PlanProblem> Problems(JObject plan) =>
    [
        .. Leaves(Schema.Value.Validate(plan)).Select(Problem).DistinctBy(problem => (problem.At, problem.Text))
            .OrderBy(problem => problem.Line).ThenBy(problem => problem.Column),
    ];

    // An item of a list that is wrong is told by what is wrong within it.
    private static IEnumerable<ValidationError> Leaves(IEnumerable<ValidationError> errors) => errors.SelectMany(
        error => error is ChildSchemaValidationError child ? Leaves(child.Errors.Values.SelectMany(inner => inner)) : [error]);

    private static PlanProblem Problem(ValidationError error)
    {
        var token = (JToken)error.Token!;
        var mark = PlanYaml.MarkOf(token);
        var known = error.Schema.ActualSchema.Properties.Keys;
        var (text, remedy) = error.Kind switch
        {
            ValidationErrorKind.NoAdditionalPropertiesAllowed => Unknown(error.Property!, known),
            ValidationErrorKind.PropertyRequired => Missing(error, ref mark),
            _ => Wrong(error, token),
        };
        return new PlanProblem(token.Path, text, remedy) { Line = mark.Line, Column = mark.Column };
    }

    private static (string Text, string Remedy) Unknown(string key, IEnumerable<string> known) => (
        $"There is no key '{key}' here.",
        ClosestWord.Of(key, known) is { } closest ? $"Write '{closest}', if that is meant." : $"The keys here are {string.Join(", ", known)}.");

    private static (string Text, string Remedy) Missing(ValidationError error, ref Mark mark)
    {
        var empty = PlanYaml.EmptyKey((JToken)error.Token!, error.Property!);
        mark = empty ?? mark;
        return (empty is null ? $"The key '{error.Property}' is missing." : $"The key '{error.Property}' has no value.", $"Give '{error.Property}'.");
    }

    private static (string Text, string Remedy) Wrong(ValidationError error, JToken token)
    {
        var name = Name(token);
        var schema = error.Schema.ActualSchema;
        return error.Kind switch
        {
            ValidationErrorKind.StringExpected => ($"'{name}' is not a text.", $"Put the value of '{name}' in quotes, if it is meant as it stands."),
            ValidationErrorKind.IntegerExpected => ($"'{name}' is not a whole number.", $"Write '{name}' in digits, without quotes."),
            ValidationErrorKind.BooleanExpected => ($"'{name}' is neither true nor false.", $"Write 'true' or 'false' at '{name}'."),
            ValidationErrorKind.ArrayExpected => ($"'{name}' is not a list.", $"Write each item of '{name}' on a line of its own, after a hyphen."),
            ValidationErrorKind.ObjectExpected => ($"'{name}' has no keys below it.", $"Write below '{name}' any of {string.Join(", ", schema.Properties.Keys)}."),
            ValidationErrorKind.NumberTooSmall => ($"'{name}' is less than {Number(schema.Minimum)}.", $"Give {Number(schema.Minimum)} to {Number(schema.Maximum)}."),
            ValidationErrorKind.NumberTooBig => ($"'{name}' is more than {Number(schema.Maximum)}.", $"Give {Number(schema.Minimum)} to {Number(schema.Maximum)}."),
            ValidationErrorKind.StringTooShort or ValidationErrorKind.TooFewItems => ($"'{name}' is empty.", $"Give '{name}', or take the key out."),
            ValidationErrorKind.NotInEnumeration => (
                $"'{name}' is none of {string.Join(", ", schema.Enumeration)}.",
                ClosestWord.Of(token.ToString(), schema.Enumeration.Select(value => $"{value}")) is { } closest
                    ? $"Write '{closest}', if that is meant." : "Write one of these."),
            ValidationErrorKind.DateExpected or ValidationErrorKind.PatternMismatch => ($"'{name}' is not {schema.Description}.", $"Write '{name}' in this form."),
            var kind => ($"'{name}' is not as the schema of plans says ({kind}).", "See about_LettaDrPlan."),
        };
    }

    private static string Name(JToken token) => token.AncestorsAndSelf().OfType<JProperty>().FirstOrDefault()?.Name ?? "the plan";

    private static string Number(decimal? limit) => (limit ?? 0).ToString("0", CultureInfo.InvariantCulture);
}
