using System.Management.Automation;

namespace LettaDr.Module.Tests;

/// <summary>Recovery objectives as a user measures them, before and after a real restore.</summary>
[Collection(SmallSandboxCollection.Name)]
public sealed class MeasureLettaRecoveryObjectiveTests : IDisposable
{
    private readonly SmallSandbox _sandbox;
    private readonly Shell _shell = new();

    public MeasureLettaRecoveryObjectiveTests(SmallSandbox sandbox)
    {
        _sandbox = sandbox;
        Directory.CreateDirectory(Path.Combine(_shell.Folder, "repository"));
        _shell.With("deployment", sandbox.Deployment);
    }

    public void Dispose()
    {
        _sandbox.DropBeside();
        _shell.Dispose();
    }

    [Fact]
    public void What_was_never_measured_is_NotRun_and_what_would_be_lost_is_failed()
    {
        // The sandbox's own restores of other tests are in the journals of this user.
        var rows = Measure("Measure-LettaRecoveryObjective $deployment repository");

        Assert.Equal(8, rows.Count);
        Assert.Equal(("NotRun", ""), rows["RTO Server"]);
        Assert.Equal(("NotRun", ""), rows["RTO System"]);
        Assert.Equal(("Failed", ""), rows["RPO Database"]);
        Assert.Equal(("Passed", "00:00:01"), rows["RPO MessageQueue"]);
        Assert.Equal(("Failed", ""), rows["RPO Configuration"]);
        Assert.Equal(("Failed", ""), rows["RPO System"]);
        Assert.Equal(false, _shell.Run("$deployment | Measure-LettaRecoveryObjective -Repository repository -Quiet").Value());
        Assert.Empty(_sandbox.SessionsLeft());
    }

    [Fact]
    public void A_real_restore_is_what_the_recovery_time_is_measured_by()
    {
        _shell.Run("$set = Backup-LettaSystem $deployment repository -WarningAction SilentlyContinue").Clean();
        _shell.Run("$restored = $set | Restore-LettaDatabase -Deployment $deployment -TargetDatabase measured -Confirm:$false").Clean();

        var run = _shell.Run("$rows = $deployment | Measure-LettaRecoveryObjective -Repository repository -Verbose; $rows").Clean();

        Assert.True(run.Verbose.Count >= 8);
        var measured = (TimeSpan)_shell.Run("$rows[0].Actual").Value()!;
        Assert.InRange(measured - (TimeSpan)_shell.Run("$restored.Duration").Value()!, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal("True True True", _shell.Run("\"$($rows[0].Evidence.Contains($set.Id)) $($rows[0].Forecast -gt 0) $($rows[0].ForecastBasis.Contains('Load the rows'))\"").Value());
        var rows = Measure("Measure-LettaRecoveryObjective $deployment repository");
        Assert.All(new[] { "RTO Database", "RPO Database", "RPO MessageQueue", "RPO Configuration", "RPO System" }, name => Assert.Equal("Passed", rows[name].Outcome));

        // Not all of it was measured: that is not good enough for one Boolean.
        Assert.Equal(false, _shell.Run("Measure-LettaRecoveryObjective $deployment repository -Quiet").Value());

        var strict = Measure("Measure-LettaRecoveryObjective $deployment repository -Objective @{ DatabaseRto = '00:00:00.001'; DatabaseRpo = '00:00:00.001' }");
        Assert.Equal(("Failed", "Failed"), (strict["RTO Database"].Outcome, strict["RPO Database"].Outcome));

        var lost = Measure($"Measure-LettaRecoveryObjective -Name {_sandbox.Name} -Repository repository");
        Assert.Equal(("Passed", "Passed", "NotRun", "NotRun"), (lost["RTO Database"].Outcome, lost["RPO Database"].Outcome, lost["RPO MessageQueue"].Outcome, lost["RPO Configuration"].Outcome));
    }

    [Theory]
    [InlineData("Measure-LettaRecoveryObjective -Name nobody-has-it -Repository repository", "DeploymentNotInRepository")]
    [InlineData("Measure-LettaRecoveryObjective $deployment nowhere", "RepositoryNotFound")]
    [InlineData("Measure-LettaRecoveryObjective $deployment repository -Objective @{ DatabaseRpo = 15 }", "ObjectiveTooShort")]
    public void What_cannot_be_measured_is_one_clear_error_and_never_true(string script, string id)
    {
        var error = Assert.Single(_shell.Run(script).Errors);

        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal([false], _shell.Run(script + " -Quiet").Output.Select(value => value.BaseObject));
    }

    [Fact]
    public void A_member_that_is_misnamed_is_refused_and_one_bad_item_does_not_stop_the_others()
    {
        Assert.IsType<ParameterBindingException>(
            _shell.Run("Measure-LettaRecoveryObjective $deployment repository -Objective @{ DatabaseRpos = '00:15:00' }").Errors[0].Exception, exactMatch: false);
        var run = _shell.Run("'no-such-deployment', $deployment | Measure-LettaRecoveryObjective -Repository repository");

        Assert.Single(run.Errors);
        Assert.Equal(8, run.Output.Count);
    }

    private Dictionary<string, (string Outcome, string Actual)> Measure(string script) => _shell.Run(script).Clean().Output
        .ToDictionary(row => $"{((dynamic)row).Kind} {((dynamic)row).Component}", row => ($"{((dynamic)row).Outcome}", $"{((dynamic)row).Actual}"));
}
