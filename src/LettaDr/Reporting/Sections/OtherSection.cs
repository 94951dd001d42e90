using System.Reflection;
using System.Text.RegularExpressions;

namespace LettaDr;

/// <summary>Objects of a type that has no section of its own, in a plain table: nothing that is piped in is left out.</summary>
internal sealed partial class OtherSection(Type type) : ReportSectionBuilder(
    "other-" + type.Name.ToLowerInvariant(), WordsOf(type.Name), [.. ColumnsOf(type).Select(property => new ReportColumn(WordsOf(property.Name), IsNumber(property.PropertyType)))])
{
    private const int MostColumns = 8;

    protected override bool Takes(object item) => item.GetType() == type;

    protected override ReportRow Read(object item)
    {
        var outcome = OutcomeOf(type);
        return new ReportRow
        {
            Name = item.ToString() is { Length: > 0 and < 200 } text && !text.StartsWith(type.Name + " {", StringComparison.Ordinal) && text != type.FullName ? text : type.Name,
            Deployment = type.GetProperty("Deployment") is { } property && property.PropertyType == typeof(string) ? property.GetValue(item) as string : null,
            Outcome = (Outcome?)outcome?.GetValue(item), JudgementOf = outcome is null ? null : ReportRow.ByItself,
            At = TimeOf(type)?.GetValue(item) as DateTimeOffset?,
            Cells = [.. ColumnsOf(type).Select(column => column.GetValue(item))],
        };
    }

    protected override string Summarise(IReadOnlyList<ReportRow> rows) =>
        $"{Count.Of(rows.Count, "object")} of type {type.FullName}{(OutcomeOf(type) is null ? string.Empty : ": " + Outcomes(rows))}. What else they hold is in the JSON form of this report.";

    protected override IEnumerable<ReportRow> Sort(IEnumerable<ReportRow> rows) => OutcomeOf(type) is null ? rows : WorstFirst(rows);

    private static PropertyInfo? OutcomeOf(Type type) =>
        type.GetProperty(nameof(Outcome)) is { } property && (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(Outcome) ? property : null;

    private static PropertyInfo? TimeOf(Type type) => Declared(type)
        .FirstOrDefault(property => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(DateTimeOffset));

    // As the type declares them, which is the order in which they are to be read; an outcome first, as in the other tables.
    private static IEnumerable<PropertyInfo> ColumnsOf(Type type) => Declared(type)
        .Where(property => IsPlain(property.PropertyType)).OrderBy(property => property == OutcomeOf(type) ? 0 : 1).Take(MostColumns);

    private static IEnumerable<PropertyInfo> Declared(Type type) => CanonicalJson.PropertiesOf(type).OrderBy(property => property.MetadataToken);

    private static bool IsPlain(Type type) => type == typeof(string) || type == typeof(Uri) || type.IsValueType
        || type == typeof(LettaDeployment) || type == typeof(DatabaseEndpoint) || type == typeof(CacheEndpoint) || type == typeof(ServerEndpoint);

    private static bool IsNumber(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var plain
        && (plain == typeof(int) || plain == typeof(long) || plain == typeof(double) || plain == typeof(TimeSpan));

    private static string WordsOf(string name) => Boundary().Replace(name, " ");

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Boundary();
}
