namespace LettaDr.Module.Tests;

/// <summary>Schedules and alerts as a user has them, with a plan whose deployment is not there.</summary>
public sealed class LettaDrScheduleTests : IDisposable
{
    private readonly Shell _shell = new();

    public LettaDrScheduleTests() => File.WriteAllText(Path.Combine(_shell.Folder, "letta dr.yaml"), """
        name: nobodys
        deployment: no-such-deployment
        repository: sets
        notifications:
          - name: hook
            kind: webhook
            urlFrom: http://127.0.0.1:1/T0SECRETPART
        """);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void What_is_registered_is_listed_once_and_ended_by_its_plan()
    {
        const string Register = "Register-LettaDrSchedule Backup, Retention -Plan 'letta dr.yaml' -Scheduler Systemd -Program /bin/true -Folder units -Confirm:$false";

        Assert.Equal(2, _shell.Run(Register).Clean().Output.Count);
        Assert.Equal(2, _shell.Run(Register).Clean().Output.Count);
        Assert.Equal(6, Directory.GetFiles(Path.Combine(_shell.Folder, "units")).Length);
        Assert.Contains("7 * * * *", _shell.Show("Get-LettaDrSchedule Backup -Folder units").Text, StringComparison.Ordinal);
        Assert.Empty(_shell.Run("Unregister-LettaDrSchedule 'letta dr.yaml' -Folder units -WhatIf").Clean().Output);
        Assert.Equal(2, _shell.Run("Get-LettaDrSchedule -Folder units | Unregister-LettaDrSchedule -Folder units -PassThru -Confirm:$false").Clean().Output.Count);
        Assert.Empty(Directory.GetFiles(Path.Combine(_shell.Folder, "units")));
    }

    [Fact]
    public void Printed_files_and_WhatIf_change_nothing()
    {
        var printed = _shell.Run("Register-LettaDrSchedule -Plan 'letta dr.yaml' -Scheduler Cron -Program /bin/true -Print").Clean().Single();

        Assert.Contains("-Due", (string)((dynamic)printed).Content, StringComparison.Ordinal);
        Assert.Contains(
            "Have Cron run Backup",
            _shell.Run("Register-LettaDrSchedule Backup -Plan 'letta dr.yaml' -Scheduler Cron -Program /bin/true -Folder units -WhatIf").Clean().Text,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_shell.Folder, "units")));
    }

    [Theory]
    [InlineData("Register-LettaDrSchedule -Print", "PlanFileNotGiven")]
    [InlineData("Register-LettaDrSchedule -Print -Plan 'letta dr.yaml' -Scheduler Cron -Program nowhere", "ScheduleProgramNotFound")]
    [InlineData("Register-LettaDrSchedule -Print -Plan 'letta dr.yaml' -Scheduler Cron -Program /bin/true -Schedule @{ Backup = 'hourly' }", "ScheduleInvalid")]
    [InlineData("Register-LettaDrSchedule -Print -Plan 'letta dr.yaml' -Scheduler Cron -Program /bin/true -Schedule @{ Backups = '7 * * * *' }", "JobNotFound")]
    [InlineData("Send-LettaDrAlert -Test", "NotificationNotGiven")]
    [InlineData("Send-LettaDrAlert -Test -Plan 'letta dr.yaml' -Name other", "NotificationNotFound")]
    [InlineData("Send-LettaDrAlert -Plan 'letta dr.yaml'", "AlertEmpty")]
    public void What_cannot_be_meant_is_one_clear_error(string script, string id)
    {
        var error = Assert.Single(_shell.Run(script).Errors);

        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_job_that_fails_is_an_error_and_so_is_that_nobody_could_be_told()
    {
        var run = _shell.Run("Invoke-LettaDrSchedule Backup -Plan 'letta dr.yaml'");

        Assert.Equal("Failed", $"{((dynamic)Assert.Single(run.Output)).Outcome}");
        Assert.Equal(["AlertNotDelivered", "JobFailed"], run.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).Order());
        Assert.DoesNotContain("SECRETPART", run.Everything(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            "Failed",
            _shell.Show("Register-LettaDrSchedule Backup -Plan 'letta dr.yaml' -Scheduler Cron -Program /bin/true -Folder units -Confirm:$false").Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_keeps_a_scheduler_from_starting_a_job_is_listed()
    {
        var before = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", _shell.Folder);
        try
        {
            _shell.Run("""
                Register-LettaDrSchedule Backup -Plan 'letta dr.yaml' -Scheduler Systemd -Program /bin/true -Folder systemd/user -Confirm:$false
                """).Clean();

            dynamic listed = _shell.Run("Get-LettaDrSchedule -Plan 'letta dr.yaml'").Single();

            // The files lie where systemd looks, and nobody has told it of them.
            Assert.Equal((false, null), ((bool?)listed.Enabled, (DateTimeOffset?)listed.NextRun));
            Assert.Matches("systemd does not run|is not enabled", (string)listed.Problem);
            Assert.Contains("see Problem", _shell.Show("Get-LettaDrSchedule -Plan 'letta dr.yaml'").Text, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", before);
        }
    }

    [Fact]
    public void An_alert_that_is_not_acknowledged_is_a_result_and_an_error()
    {
        var run = _shell.Run("Send-LettaDrAlert 'The disk is full' -Plan 'letta dr.yaml' -Attempts 1 -Verbose");

        dynamic delivery = Assert.Single(run.Output);
        Assert.Equal("False 1", $"{delivery.Delivered} {delivery.Attempts}");
        Assert.StartsWith("AlertNotDelivered", Assert.Single(run.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRETPART", run.Everything(), StringComparison.OrdinalIgnoreCase);
    }
}
