using System.Management.Automation;
using System.Management.Automation.Language;

namespace LettaDr.Module.Tests;

/// <summary>What a scheduled job runs, and how what it wrote is judged; functions take the cmdlets' places.</summary>
public sealed class JobCommandTests : IDisposable
{
    private readonly Shell _shell = Objects.Shell();

    public JobCommandTests() => File.WriteAllText(Path.Combine(_shell.Folder, "plan.yaml"), """
        name: nobodys
        deployment: no-such-deployment
        repository: sets
        """);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Each_jobs_command_is_the_modules_and_takes_what_it_is_given()
    {
        foreach (var job in _shell.Run("[Enum]::GetNames([LettaDr.DrJob])").Clean().Output)
        {
            var script = Parser.ParseInput(CommandOf(job.ToString()), out _, out var wrong);
            var commands = script.FindAll(part => part is CommandAst, true).Cast<CommandAst>()
                .Where(command => command.GetCommandName().Contains("-Letta", StringComparison.Ordinal)).ToList();

            Assert.Empty(wrong);
            Assert.NotEmpty(commands);
            Assert.All(commands, AssertBinds);
        }
    }

    [Theory]
    [InlineData("Passed", "[datetimeoffset]::UtcNow", "Passed", "Passed")]
    [InlineData("Passed", "[datetimeoffset]::UtcNow", "NotRun", "Passed")]
    [InlineData("Passed", "[datetimeoffset]::UtcNow", "Failed", "Failed")]
    [InlineData("Passed", "[datetimeoffset]::UtcNow.AddHours(-1)", "Passed", "Failed")]
    [InlineData("NotRun", "[datetimeoffset]::UtcNow", "NotRun", "Failed")]
    [InlineData("Failed", "[datetimeoffset]::UtcNow", "Passed", "Failed")]
    [InlineData(null, "[datetimeoffset]::UtcNow", "Passed", "Failed")]
    public void A_validation_passes_only_by_a_proof_that_it_made_itself(string? proof, string testedAt, string check, string outcome)
    {
        _shell.Run($$"""
            function global:Get-LettaBackup([string] $Plan, [string] $Id) {
                $set = New-Thing LettaDr.Backup @{ Id = 'x'; State = [LettaDr.BackupState]::Complete; Manifest = $manifest }
                if ($Id -and '{{proof}}') {
                    $proven = New-Thing LettaDr.BackupProof @{ Outcome = '{{proof}}' -as [LettaDr.Outcome]; TestedAt = {{testedAt}} }
                    [LettaDr.Backup].GetProperty('LastProof').SetValue($set, $proven)
                }
                $set
            }
            function global:Test-LettaBackup([string] $Plan, [string] $Level) {
                New-Thing LettaDr.CheckResult @{ Name = 'RestoredIdentical'; Outcome = [LettaDr.Outcome]::{{check}} }
            }
            """).Clean();

        var run = _shell.Run("Invoke-LettaDrSchedule Validation -Plan plan.yaml");

        Assert.Equal(outcome, $"{((dynamic)Assert.Single(run.Output)).Outcome}");
        Assert.Equal(outcome == "Passed" ? 0 : 1, run.Errors.Count);
    }

    [Fact]
    public async Task A_job_that_hangs_is_stopped_at_its_limit_and_no_other_run_of_it_begins_before_it_has_ended()
    {
        _shell.Run("""
            function global:Backup-LettaSystem([string] $Plan, [switch] $Confirm) {
                try { while ($true) { [System.Threading.Thread]::Sleep(20) } }
                finally {
                    [System.IO.File]::WriteAllText("$folder/stopping", '')
                    while (-not [System.IO.File]::Exists("$folder/go")) { [System.Threading.Thread]::Sleep(20) }
                }
            }
            function global:Invoke-LettaRetention([string] $Plan, [switch] $Confirm) { }
            """).Clean();
        _shell.With("folder", _shell.Folder);
        var hanging = Task.Run(() => _shell.Run("Invoke-LettaDrSchedule Backup, Retention -Plan plan.yaml -TimeoutSeconds 1"));
        Assert.True(SpinWait.SpinUntil(() => File.Exists(Path.Combine(_shell.Folder, "stopping")), TimeSpan.FromMinutes(1)));

        ShellRun second;
        using (var other = new Shell())
        {
            second = other.Run($"Invoke-LettaDrSchedule Backup -Plan '{_shell.Folder}/plan.yaml'");
        }

        File.WriteAllText(Path.Combine(_shell.Folder, "go"), "");
        Assert.Equal("Another run of it is under way.", second.Single().Message);
        var run = await hanging;
        Assert.Equal(["Backup Failed", "Retention Passed"], run.Output.Cast<dynamic>().Select(item => $"{item.Job} {item.Outcome}"));
        Assert.Contains("had not ended after 0:00:01, and was stopped", Assert.Single(run.Errors).ToString(), StringComparison.Ordinal);
        Assert.Contains("names nobody to tell", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    private string CommandOf(string job) => (string)_shell.Run(
        $"[LettaDr.Backup].Assembly.GetType('LettaDr.DrJobs').GetMethod('CommandOf').Invoke($null, @([LettaDr.DrJob]::{job}))").Value();

    private static void AssertBinds(CommandAst command)
    {
        var cmdlet = CmdletFacts.Of(command.GetCommandName());
        var given = new HashSet<string>();
        for (var at = 1; at < command.CommandElements.Count; at++)
        {
            var parameter = cmdlet.Parameters[Assert.IsType<CommandParameterAst>(command.CommandElements[at]).ParameterName];
            given.Add(parameter.Name);
            if (!parameter.SwitchParameter && command.CommandElements[++at] is StringConstantExpressionAst text)
            {
                Assert.NotNull(LanguagePrimitives.ConvertTo(text.Value, parameter.ParameterType));
            }
        }

        var piped = command.Parent is PipelineAst { PipelineElements: [var first, ..] } && first != command;
        Assert.Contains(cmdlet.ParameterSets, set => set.Parameters.All(parameter =>
            !parameter.IsMandatory || given.Contains(parameter.Name) || (piped && parameter.ValueFromPipeline)));
    }
}
