namespace LettaDr.Module.Tests;

/// <summary>The history and the schedule of recovery tests as a user asks for them; no servers.</summary>
public sealed class DrTestHistoryTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly string _name = "history-" + Guid.NewGuid().ToString("N");

    public DrTestHistoryTests()
    {
        Write("repository", "20261101T000000Z-aaaaaa", "FullRestore", 2, "Passed");
        Write("repository", "20261102T000000Z-bbbbbb", "DatabaseFailover", 20, "Passed");
        Write("repository", "20261103T000000Z-cccccc", "DatabaseFailover", 1, "Failed");
    }

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Get-LettaDrTest repository", "cccccc aaaaaa bbbbbb")]
    [InlineData("Get-LettaDrTest repository -Newest 1", "cccccc")]
    [InlineData("Get-LettaDrTest repository -Scenario DatabaseFailover", "cccccc bbbbbb")]
    [InlineData("Get-LettaDrTest repository -Since ([datetimeoffset]::UtcNow.AddDays(-5))", "cccccc aaaaaa")]
    [InlineData("Get-LettaDrTest repository -Deployment history-*", "cccccc aaaaaa bbbbbb")]
    [InlineData("Get-LettaDrTest repository -Deployment other", "")]
    [InlineData("Get-LettaDrTest -Deployment history-* -Plan $plan", "cccccc aaaaaa bbbbbb")]
    [InlineData("Get-LettaDrTest -Plan $plan", "cccccc aaaaaa bbbbbb")]
    public void History_is_listed_newest_first_and_filtered(string command, string ids)
    {
        Plan();

        Assert.Equal(ids, _shell.Run($"({command} | Where-Object Deployment -eq '{_name}' | ForEach-Object {{ $_.Id.Substring(17) }}) -join ' '").Value());
    }

    [Fact]
    public void The_schedule_tells_last_next_and_overdue()
    {
        var rows = _shell.Run($"Get-LettaDrTestSchedule repository -Deployment {_name} | ForEach-Object {{ \"$($_.Test) $($_.LastOutcome) $($_.IsOverdue)\" }}").Clean().Output;

        Assert.Equal(
            ["FullRestore Passed False", "DatabaseFailover Failed True", "ComponentFailure  True", "NetworkPartition  True", "DataCorruption  True", "BackupValidation  True"],
            rows.Select(row => row.ToString()));
    }

    [Fact]
    public void The_plans_frequencies_and_deployment_hold_and_given_ones_go_before()
    {
        Plan();

        Assert.Equal(_name, _shell.Run("(Get-LettaDrTestSchedule -Plan $plan)[0].Deployment").Value());
        Assert.Equal(true, _shell.Run("(Get-LettaDrTestSchedule -Plan $plan)[0].IsOverdue").Value());
        Assert.Equal(false, _shell.Run("(Get-LettaDrTestSchedule -Plan $plan -Frequency @{ FullRestore = '3.00:00:00' })[0].IsOverdue").Value());
    }

    private void Plan() => _shell.Run(
        $"$plan = [LettaDr.DrPlan]@{{ Name = '{_name}'; Deployment = 'not-there-{_name}'; Repository = (Join-Path $pwd repository); Drills = @{{ FullRestore = '1.00:00:00' }} }}"
            .Replace("(Join-Path $pwd repository)", $"'{Path.Combine(_shell.Folder, "repository")}'", StringComparison.Ordinal)).Clean();

    private void Write(string repository, string id, string scenario, int daysAgo, string outcome)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_shell.Folder, repository, _name, "drills")).FullName;
        var ended = DateTimeOffset.UtcNow.AddDays(-daysAgo);
        File.WriteAllText(Path.Combine(folder, id + ".json"), $$"""
            { "id": "{{id}}", "scenario": "{{scenario}}", "deployment": "{{_name}}", "target": "copy", "isSandbox": true, "backupId": "set", "startedAt": "{{ended.AddMinutes(-1):O}}",
              "endedAt": "{{ended:O}}", "outcome": "{{outcome}}", "objectives": ["It restores."], "machine": "here", "processId": 1 }
            """);
    }
}
