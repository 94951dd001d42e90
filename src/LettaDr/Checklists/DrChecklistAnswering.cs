namespace LettaDr;

/// <summary>What is known of each item of a checklist, by checks and by what people recorded.</summary>
/// <param name="deployment">The deployment.</param>
/// <param name="incident">The incident; null for the standing list.</param>
/// <param name="checks">Checks made just now.</param>
/// <param name="entries">What was recorded, the oldest first.</param>
/// <param name="within">How long a person's word counts that is of no incident.</param>
/// <param name="now">Now.</param>
internal sealed class DrChecklistAnswering(
    string deployment, string? incident, IReadOnlyList<CheckResult> checks, IReadOnlyList<DrChecklistEntry> entries, TimeSpan within, DateTimeOffset now)
{
    /// <summary>Names of the checks that are made of a system itself.</summary>
    public IReadOnlyCollection<string> SystemChecks { get; init; } = [];

    public IReadOnlyList<DrChecklistItem> Of(DrChecklistPhase phase) =>
        [.. DrChecklist.Questions.Where(question => question.Phase == phase).Select(Answer)];

    public DrChecklistItem Answer(DrChecklistQuestion question)
    {
        var made = Made(question);
        var word = entries.LastOrDefault(entry => entry.Phase == question.Phase && entry.Number == question.Number && entry.Incident == incident);
        var outcome = ByChecks(question, made);
        var tooOld = word is not null && incident is null && now - word.At > within;
        var checkedAt = made.Count == 0 ? (DateTimeOffset?)null : made.Max(check => check.CheckedAt);
        var wordCounts = word is not null && !tooOld && outcome switch
        {
            Outcome.Failed => false,
            Outcome.Passed => word.Outcome != Outcome.Passed && word.At > checkedAt,
            _ => true,
        };
        var item = new DrChecklistItem
        {
            Deployment = deployment, Incident = incident, Phase = question.Phase, Number = question.Number, Text = question.Text,
            AnsweredBy = question.Checks, Checks = made, Outcome = outcome,
            Evidence = Evidence(question, made, word, tooOld), At = checkedAt, Remedy = Remedy(question, outcome, made),
        };
        return !wordCounts ? item : item with
        {
            Outcome = word!.Outcome, By = word.By, At = word.At,
            Evidence = word.Note ?? word.Outcome switch { Outcome.Passed => "Done.", Outcome.Failed => "Not done.", _ => "The answer was taken back." },
            Remedy = word.Outcome == Outcome.Passed ? null : question.How,
        };
    }

    private IReadOnlyList<CheckResult> Made(DrChecklistQuestion question) => question.System == DrChecklistQuestion.SystemAnswer.None
        ? [.. checks.Where(check => question.Checks.Contains(check.Name, StringComparer.Ordinal))]
        : [.. checks.Where(check => SystemChecks.Contains(check.Name, StringComparer.Ordinal))];

    private Outcome ByChecks(DrChecklistQuestion question, IReadOnlyList<CheckResult> made)
    {
        if (question.System == DrChecklistQuestion.SystemAnswer.Made)
        {
            return made.Any(check => check.Outcome != Outcome.NotRun) ? Outcome.Passed : Outcome.NotRun;
        }

        if (made.Any(check => check.Outcome == Outcome.Failed))
        {
            return Outcome.Failed;
        }

        // A system has checks of what it does not have (no Redis): these hold nothing up. Whatever else was not run does.
        var mayLack = question.System == DrChecklistQuestion.SystemAnswer.Passed;
        return made.Any(check => check.Outcome == Outcome.Passed) && Missing(question, made).Count == 0
            && made.All(check => check.Outcome == Outcome.Passed || (check.IsOfNothing && mayLack)) ? Outcome.Passed : Outcome.NotRun;
    }

    /// <summary>The checks that answer an item only together with the others, and were not made.</summary>
    private IReadOnlyList<string> Missing(DrChecklistQuestion question, IReadOnlyList<CheckResult> made)
    {
        IEnumerable<string> wanted = question.System == DrChecklistQuestion.SystemAnswer.Passed ? SystemChecks : question.Checks;
        return [.. wanted.Where(name => !made.Any(check => check.Name == name))];
    }

    private string Evidence(DrChecklistQuestion question, IReadOnlyList<CheckResult> made, DrChecklistEntry? word, bool tooOld)
    {
        var failed = made.Where(check => check.Outcome != Outcome.Passed && !check.IsOfNothing).OrderBy(check => check.Outcome).ToList();
        return made.Count == 0
            ? tooOld
                ? $"{word!.By} answered it {RunbookDescription.Age(now - word.At)} ago, which counts for {RunbookDescription.Age(within)}."
                : "Nobody has answered it."
            : failed.Count > 0
                ? string.Join(" ", failed.Select(
                    check => $"{check.Name} {(check.Outcome == Outcome.Failed ? "failed" : "was not run")}: {check.Evidence}"))
                : Missing(question, made) is { Count: > 0 } missing
                    ? $"Not all of its checks were made; {string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} missing."
                    : string.Join(" ", made.Select(check => check.Evidence));
    }

    private static string? Remedy(DrChecklistQuestion question, Outcome outcome, IReadOnlyList<CheckResult> made) => outcome switch
    {
        Outcome.Passed => null,
        _ when made.OrderBy(check => check.Outcome)
            .FirstOrDefault(check => check.Outcome != Outcome.Passed && !check.IsOfNothing && check.Remedy is not null) is { } check
            => check.Remedy,
        _ => question.How,
    };
}
