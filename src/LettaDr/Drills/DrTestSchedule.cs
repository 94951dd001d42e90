namespace LettaDr;

/// <summary>Works out from history when each kind of recovery test is due. Errs towards due.</summary>
internal static class DrTestSchedule
{
    /// <summary>The kind that is not a scenario: the proof of a set by a restore.</summary>
    public const string BackupValidation = "BackupValidation";

    /// <summary>One entry a kind, in the order of the guide.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="history">Results of recovery tests; those of others, and those on made-up data, are left out.</param>
    /// <param name="validations">Validations of the deployment's sets.</param>
    /// <param name="frequencies">How often each kind is due.</param>
    /// <param name="now">The time of asking.</param>
    public static IReadOnlyList<DrTestScheduleEntry> Of(
        string deployment, IReadOnlyList<DrTestResult> history, IReadOnlyList<BackupValidation> validations, DrTestFrequencies frequencies, DateTimeOffset now)
    {
        var counted = history.Where(result => result.Deployment == deployment && result.IsEvidence).ToList();
        return
        [
            .. Enum.GetValues<DrTestScenario>().Select(scenario => Entry(
                scenario.ToString(), frequencies.Of(scenario),
                [.. counted.Where(result => result.Scenario == scenario && result is { EndedAt: not null, Outcome: not null })
                    .Select(result => (result.EndedAt!.Value, result.Outcome!.Value))])),
            Entry(BackupValidation, frequencies.BackupValidation, [.. validations.Select(test => (test.EndedAt, test.Outcome))]),
        ];

        DrTestScheduleEntry Entry(string test, TimeSpan every, IReadOnlyList<(DateTimeOffset EndedAt, Outcome Outcome)> ended)
        {
            (DateTimeOffset EndedAt, Outcome Outcome)? newest = ended.Count == 0 ? null : ended.MaxBy(run => run.EndedAt);
            var passed = ended.Where(run => run.Outcome == Outcome.Passed).Select(run => (DateTimeOffset?)run.EndedAt).Max();
            // A test that has failed since says that what passed before holds no longer; one that was stopped says nothing.
            var failedSince = ended.Any(run => run.Outcome == Outcome.Failed && (passed is null || run.EndedAt > passed));
            var next = passed is null || failedSince ? now : passed.Value + every;
            return new DrTestScheduleEntry
            {
                Deployment = deployment, Test = test, Every = every, LastPassed = passed, LastEnded = newest?.EndedAt,
                LastOutcome = newest?.Outcome, NextDue = next, IsOverdue = next <= now,
            };
        }
    }
}
