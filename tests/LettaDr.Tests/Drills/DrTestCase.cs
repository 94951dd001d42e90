namespace LettaDr.Tests;

/// <summary>Results of recovery tests as history holds them.</summary>
internal static class DrTestCase
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>One of deployment <c>letta</c>, on a copy restored from a set, that ended some days ago.</summary>
    public static DrTestResult Ended(DrTestScenario scenario, double daysAgo, Outcome outcome = Outcome.Passed) => new()
    {
        Id = $"2026{Math.Round(daysAgo * 1000):000000000}-{scenario}", Scenario = scenario, Deployment = "letta", Target = "letta-drill", IsSandbox = true,
        BackupId = "20261101T000000Z-000000", StartedAt = Now.AddDays(-daysAgo).AddMinutes(-1), EndedAt = Now.AddDays(-daysAgo), Outcome = outcome,
        Objectives = ["It restores."], Machine = "here", ProcessId = 1,
    };
}
