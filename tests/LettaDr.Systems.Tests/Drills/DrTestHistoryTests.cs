namespace LettaDr.Systems.Tests;

public sealed class DrTestHistoryTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryRepository _repository = new();
    private readonly DirectoryInfo _local = Directory.CreateTempSubdirectory("lettadr-drills-");

    private DrTestFolders Local => new(_ => _local.FullName, _ => [_local.FullName]);

    private DrTestHistory History => new(Local, _repository.Directory.DrTests);

    public void Dispose()
    {
        _repository.Dispose();
        _local.Delete(recursive: true);
    }

    [Fact]
    public void All_of_a_result_is_read_as_it_was_saved()
    {
        var result = Result("a", "letta/eu 1", Noon) with
        {
            BackupId = "set", Steps = [new DrTestStep("Restore", Outcome.Passed, Noon, TimeSpan.FromSeconds(1.5), "49 tables")],
            Configuration = new Dictionary<string, string> { ["PostgreSQL"] = "17.5" }, FaultCaught = true, PlantedFault = "one row less",
            Measurements = [new DrTestMeasurement(RecoveryComponent.Database, RecoveryObjectiveKind.RTO, TimeSpan.FromSeconds(3), TimeSpan.FromHours(2))],
            Issues = [new DrTestIssue("It was slow.", null)], Recommendations = ["More disks."], EndedAt = Noon.AddMinutes(1), Outcome = Outcome.Failed,
        };

        _repository.Directory.DrTests.Save(result);

        var read = Assert.Single(History.Read("letta/eu 1"));
        Assert.Equivalent(result, read, strict: true);
        Assert.Equal((TimeSpan.FromMinutes(1), true), (read.Duration, read.IsEvidence));
        Assert.Empty(History.Read("another"));
        Assert.Single(History.Read(null));
    }

    [Fact]
    public void What_two_stores_keep_is_listed_once_as_the_one_that_knows_more_has_it()
    {
        var begun = Result("a", "letta", Noon);
        var further = begun with { Steps = [new DrTestStep("Restore", Outcome.Passed, Noon, TimeSpan.Zero, "49 tables")] };
        _repository.Directory.DrTests.Save(begun);
        Local.Save(further);
        _repository.Directory.DrTests.Save(Result("b", "letta", Noon.AddHours(1)));
        Local.Save(Result("c", "letta", Noon.AddHours(-1)));

        Assert.Equal([("b", 0), ("a", 1), ("c", 0)], History.Read("letta").Select(result => (result.Id, result.Steps.Count)));

        _repository.Directory.DrTests.Save(begun with { EndedAt = Noon.AddMinutes(1), Outcome = Outcome.Failed });
        Assert.Equal(Outcome.Failed, History.Read("letta")[1].Outcome);
    }

    [Fact]
    public void A_damaged_file_hides_no_other()
    {
        Local.Save(Result("a", "letta", Noon));
        File.WriteAllText(Path.Combine(_local.FullName, "b.json"), "{ \"id\": ");
        File.WriteAllText(Path.Combine(_local.FullName, "c.json"), "{}");

        Assert.Equal(["a"], History.Read(null).Select(result => result.Id));
    }

    [Fact]
    public void A_file_without_some_parts_has_empty_ones()
    {
        File.WriteAllText(Path.Combine(_local.FullName, "a.json"), """
            { "id": "a", "scenario": "FullRestore", "deployment": "letta", "target": "copy", "isSandbox": true, "startedAt": "2026-11-22T12:00:00Z",
              "objectives": [], "machine": "here", "processId": 1 }
            """);

        var read = Assert.Single(History.Read(null));
        Assert.Equal((0, 0, 0, 0, 0), (read.Steps.Count, read.Configuration.Count, read.Measurements.Count, read.Issues.Count, read.Recommendations.Count));
    }

    private static DrTestResult Result(string id, string deployment, DateTimeOffset startedAt) => new()
    {
        Id = id, Scenario = DrTestScenario.FullRestore, Deployment = deployment, Target = "a sandbox", IsSandbox = true, StartedAt = startedAt,
        Objectives = ["It restores."], Machine = "here", ProcessId = 1,
    };
}
