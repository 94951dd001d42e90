namespace LettaDr.Module.Tests;

/// <summary>Readiness as a user asks for it; what each check goes red for is tested without servers.</summary>
[Collection(SmallSandboxCollection.Name)]
public sealed class TestLettaDrReadinessTests : IDisposable
{
    private readonly SmallSandbox _sandbox;
    private readonly Shell _shell = new();

    public TestLettaDrReadinessTests(SmallSandbox sandbox)
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
    public void A_plan_tells_what_to_look_at_and_damage_to_the_newest_set_is_seen()
    {
        _shell.Run("$set = Backup-LettaDatabase $deployment repository; New-LettaDrPlan $deployment repository -Path letta-dr.yaml | Out-Null").Clean();
        Assert.Equal("Passed Passed Failed", Value("$r = Test-LettaDrReadiness -Plan letta-dr.yaml; Told $r PlanValid BackupIntact SiteReady"));
        Assert.Equal("Passed Passed", Value("Told (Test-LettaDrReadiness -Plan letta-dr.yaml -Deep) BackupIntact RetentionCompliant"));
        Assert.Equal("False", Value("Test-LettaDrReadiness -Plan letta-dr.yaml -Quiet"));
        Assert.Equal("Failed", Value("Told ($r | Get-LettaDrChecklist Pre -Plan letta-dr.yaml) 2"));

        // One byte is flipped: sizes do not tell, reading does.
        var file = Path.Combine((string)_shell.Run("$set.Path").Value(), "database.pgdump");
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Equal("Passed Failed", Value("\"$(Told (Test-LettaDrReadiness -Plan letta-dr.yaml) BackupIntact) $(Told (Test-LettaDrReadiness -Plan letta-dr.yaml -Deep) BackupIntact)\""));
        File.WriteAllBytes(file, bytes[..^1]);
        Assert.Equal("Failed", Value("Told (Test-LettaDrReadiness -Plan letta-dr.yaml) BackupIntact"));
    }

    [Fact]
    public void Without_a_plan_what_only_a_plan_tells_is_not_run()
    {
        Assert.Equal("NotRun Failed NotRun NotRun", Value("Told (Test-LettaDrReadiness $deployment repository) PlanValid BackupIntact SiteReady ContactsComplete"));
        Assert.Equal("False", Value("$deployment | Test-LettaDrReadiness -Repository repository -Quiet"));
    }

    [Fact]
    public void A_plan_that_cannot_be_read_fails_and_nothing_else_is_claimed()
    {
        File.WriteAllText(Path.Combine(_shell.Folder, "letta-dr.yaml"), "name: [\n");

        Assert.Equal("Failed 11", Value("$r = @(Test-LettaDrReadiness -Plan letta-dr.yaml); \"$(Told $r PlanValid) $(@($r | Where-Object Outcome -eq NotRun).Count)\""));
        Assert.Equal("False", Value("Test-LettaDrReadiness -Plan letta-dr.yaml -Quiet"));
    }

    [Fact]
    public void A_deployment_that_is_lost_is_tested_by_what_is_left_of_it()
    {
        _shell.Run("Backup-LettaDatabase $deployment repository | Out-Null; New-LettaDrPlan $deployment repository -Path letta-dr.yaml | Out-Null").Clean();
        var path = Path.Combine(_shell.Folder, "letta-dr.yaml");
        File.WriteAllText(path, string.Join('\n', File.ReadLines(path).Select(line => line.StartsWith("deployment:", StringComparison.Ordinal) ? "deployment: lost-with-its-machine" : line)) + "\n");

        var run = _shell.Run("$r = Test-LettaDrReadiness -Plan letta-dr.yaml; \"$(@($r)[0].Outcome) $(@($r)[1].Outcome)\"");

        Assert.Equal("Failed Passed", run.Value());
        Assert.Contains(run.Warnings, warning => warning.Contains("what is left of it", StringComparison.Ordinal));
    }

    private string Value(string script) => _shell.Run("""
        function Told($results) { ($args | ForEach-Object { $name = $_; @($results | Where-Object { $_.Name -eq $name -or $_.Number -eq $name })[0].Outcome }) -join ' ' }

        """ + script).Value().ToString()!;
}
