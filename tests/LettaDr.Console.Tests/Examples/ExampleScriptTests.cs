using System.Runtime.CompilerServices;

namespace LettaDr.Console.Tests;

/// <summary>The examples' own decisions, with functions in place of the cmdlets that they call.</summary>
public sealed class ExampleScriptTests(CommandRunspace runspace) : IClassFixture<CommandRunspace>
{
    private const string Cmdlets = """
        $alerts = [System.Collections.ArrayList]::new()
        $written = [System.Collections.ArrayList]::new()
        function New-Check($Outcome) { [pscustomobject]@{ Name = 'BackupIntact'; Outcome = $Outcome; Evidence = "It is $Outcome." } }
        function Get-Module { $true }
        function Test-LettaDrReadiness { New-Check Failed }
        function Measure-LettaRecoveryObjective { throw 'The deployment is not found.' }
        function Get-LettaDrTestSchedule { 'schedule' }
        function Get-LettaBackup { 'backup' }
        function Get-LettaDrTest { 'drill' }
        function Get-LettaDrChecklist { 'item' }
        function Send-LettaDrAlert($Title) { [void]$alerts.Add("$(@($input).Count)$Title") }
        function Export-LettaDrMetric { [void]$written.Add("metrics of $(@($input).Count)") }
        function Export-LettaDrReport { [void]$written.Add("report of $(@($input).Count)") }

        """;

    private const string Outcome = """

        ; "alerts: $alerts"; "written: $($written -join ', ')"
        """;

    [Fact]
    public void A_lost_deployment_is_alerted_of_and_what_is_left_is_reported()
    {
        var said = Gate();

        Assert.Contains("Not ready for a disaster: 1 of 1 checks did not pass. BackupIntact: It is Failed.", said, StringComparison.Ordinal);
        Assert.EndsWith("alerts: 1|written: metrics of 3, report of 5", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_keeps_no_alert_back_and_ends_in_an_error()
    {
        const string Full = "function Export-LettaDrReport { throw 'No space left.' }; function Export-LettaDrMetric { throw 'No space left.' }\n";

        var said = Gate(Full);
        Assert.Contains("It is Failed. The metrics were not written: No space left. The report was not written: No space left.", said, StringComparison.Ordinal);
        Assert.Contains("alerts: 1|", said, StringComparison.Ordinal);
        Assert.Contains("threw: The metrics were not written", Gate(Full + "function Test-LettaDrReadiness { New-Check Passed }\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Readiness_that_cannot_be_tested_is_alerted_of_too()
    {
        var said = Gate("function Test-LettaDrReadiness { throw 'There is no repository.' }\n");

        Assert.Contains("threw: Readiness could not be tested: There is no repository.", said, StringComparison.Ordinal);
        Assert.Contains("alerts: 0Readiness for a disaster could not be tested|", said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alert_that_was_not_delivered_is_told_and_the_report_written()
    {
        var said = Gate("function Send-LettaDrAlert { throw 'It said 500.' }\n");

        Assert.Contains("The alert was not delivered everywhere: It said 500.", said, StringComparison.Ordinal);
        Assert.Contains("report of 5", said, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_passed_is_no_alert_and_no_error()
    {
        var said = Gate("function Test-LettaDrReadiness { New-Check Passed }\nfunction Measure-LettaRecoveryObjective { 'objective' }\n");

        Assert.DoesNotContain("threw", said, StringComparison.Ordinal);
        Assert.EndsWith("alerts: |written: metrics of 4, report of 6", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(New-Due FullRestore -1), (New-Due ComponentFailure $null), (New-Due DataCorruption -3)", "ComponentFailure")]
    [InlineData("(New-Due FullRestore -1), (New-Due ComponentFailure -2), (New-Due DataCorruption -3)", "DataCorruption")]
    [InlineData("(New-Due BackupValidation $null), (New-Due FullRestore -1)", "FullRestore")]
    public void A_drill_that_fails_each_night_does_not_keep_the_others_waiting(string schedule, string expected)
    {
        var said = runspace.Run(
            $$"""
            function Get-Module { $true }
            function New-Due($Test, $Days) {
                $now = [DateTimeOffset]::new(2026, 11, 23, 0, 0, 0, [TimeSpan]::Zero)
                [pscustomobject]@{ Test = $Test; IsOverdue = $true; NextDue = $now; LastEnded = if ($null -ne $Days) { $now.AddDays($Days) } }
            }
            function Get-LettaDrTestSchedule { {{schedule}} }
            function Invoke-LettaDrTest($Scenario) { [pscustomobject]@{ Id = 'x'; Scenario = $Scenario; Outcome = 'Passed' } }
            function Export-LettaDrReport { }
            (& '{{Example("restore-drill.ps1")}}' -Plan p -Reports .).Scenario
            """);

        Assert.Equal(expected, said);
    }

    private string Gate(string more = "") => runspace.Run(
        Cmdlets + more + $"try {{ & '{Example("readiness-gate.ps1")}' -Plan p -Report r.html -Metric m.prom 3> $null }} catch {{ \"threw: $_\" }}" + Outcome);

    private static string Example(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "examples", name));
}
