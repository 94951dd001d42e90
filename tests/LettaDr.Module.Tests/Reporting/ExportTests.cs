namespace LettaDr.Module.Tests;

/// <summary>Reports and metrics as a user makes them of objects in the pipeline.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly Shell _shell = Objects.Shell();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Every_kind_of_object_that_a_user_sees_is_in_the_report_and_no_secret()
    {
        const string Everything = "$backup, $damaged, $proven, $physical, $walRetention, $passed, $failed, $kept, $gone, $deployment, $sandbox, $restored, $recovered, $undone, $cleared, "
            + "$maintenance, $rebuilt, $restoredCache, $configured, $plan, $objective, $unmeasured, $systemRestored, $runbook, $assessment, $runbookResult, $drift, $walArchive, $restorePoint";

        foreach (var name in new[] { "r.html", "r.md", "r.json" })
        {
            var written = _shell.Run($"{Everything} | Export-LettaDrReport {name} -PassThru").Single();

            Assert.Equal(29, (int)written.Records);
            Assert.Equal("Failed", $"{written.Verdict}");
            var text = File.ReadAllText(Path.Combine(_shell.Folder, name));
            Assert.DoesNotContain(Objects.Password, text, StringComparison.Ordinal);
            Assert.Contains("ServerAnswersRealQuery", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void One_foreign_object_is_one_error_and_the_others_are_reported()
    {
        var run = _shell.Run("$passed, 'text', 7, $failed | Export-LettaDrReport r.json -PassThru");

        Assert.Equal(["ObjectNotReportable,LettaDr.Cmdlets.ExportLettaDrReportCommand", "ObjectNotReportable,LettaDr.Cmdlets.ExportLettaDrReportCommand"], run.Errors.Select(error => error.FullyQualifiedErrorId));
        Assert.Equal(2, (int)((dynamic)run.Output.Single()).Records);
        Assert.Contains("2 objects could not be taken", File.ReadAllText(Path.Combine(_shell.Folder, "r.json")), StringComparison.Ordinal);
        Assert.Equal("NotRun", $"{((dynamic)_shell.Run("$passed, 7 | Export-LettaDrReport p.json -PassThru").Output.Single()).Verdict}");
    }

    [Fact]
    public void A_file_that_is_there_stays_until_Force_is_given_and_WhatIf_writes_none()
    {
        var path = Path.Combine(_shell.Folder, "r.html");
        var planned = _shell.Run("$passed | Export-LettaDrReport r.html -WhatIf -Title 'T'").Clean();
        Assert.Contains($"write the Html report \"T\" of 1 record to {path}", planned.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(path));

        File.WriteAllText(path, "mine");
        var refused = Assert.Single(_shell.Run("$passed | Export-LettaDrReport r.html").Errors);
        Assert.StartsWith("ExportFileExists", refused.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(path));

        Assert.Empty(_shell.Run("$passed | Export-LettaDrReport r.html -Force").Clean().Output);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$passed | Export-LettaDrReport r.pdf", "ReportFormatUnknown")]
    [InlineData("@() | Export-LettaDrReport r.html", "NothingToReport")]
    [InlineData("$passed | Export-LettaDrReport no/such/r.html", "ExportFolderNotFound")]
    [InlineData("$passed | Export-LettaDrMetric r.txt", "MetricFileName")]
    public void What_cannot_be_written_is_one_clear_error(string script, string id)
    {
        var error = Assert.Single(_shell.Run(script).Errors);

        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Empty(Directory.GetFiles(_shell.Folder));
    }

    [Fact]
    public void Metrics_are_made_of_what_there_are_metrics_of_and_the_rest_is_told_once()
    {
        var run = _shell.Run("$backup, $runbook, $runbook, $passed, $objective, $walArchive | Export-LettaDrMetric r.prom -PassThru").Clean();

        Assert.Equal("There are no metrics of LettaDr.Runbook; such objects are left out.", Assert.Single(run.Warnings));
        Assert.Equal(4, (int)((dynamic)run.Output.Single()).Objects);
        var text = File.ReadAllText(Path.Combine(_shell.Folder, "r.prom"));
        Assert.Contains("lettadr_backup_size_bytes{deployment=\"letta-production-eu\",kind=\"database+cache\"} 1503238553\n", text, StringComparison.Ordinal);
        Assert.Contains("lettadr_check_outcome{check=\"RestoredIdentical\",target=\"20261122T120000Z-a1b2c3\",outcome=\"passed\"} 1\n", text, StringComparison.Ordinal);

        Assert.Equal(0, (int)_shell.Run("@() | Export-LettaDrMetric r.prom -PassThru").Single().Objects);
        Assert.DoesNotContain("lettadr_backup", File.ReadAllText(Path.Combine(_shell.Folder, "r.prom")), StringComparison.Ordinal);
    }
}
