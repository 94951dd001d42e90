using System.Management.Automation;

namespace LettaDr.Module.Tests;

/// <summary>Plans as a user writes, tests and gives them; no server is asked.</summary>
public sealed class DrPlanCmdletTests : IDisposable
{
    private const string Uri = "postgresql://letta@db.example/letta";
    private readonly Shell _shell = new();

    public static TheoryData<string> Planned => [.. CmdletFacts.All.Where(cmdlet => cmdlet.Parameters.ContainsKey("Plan")).Select(cmdlet => cmdlet.Name)];

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void What_is_written_is_read_and_passes()
    {
        dynamic plan = _shell.Run($"New-LettaDrPlan {Uri} sets").Single();

        Assert.Equal(("letta", Uri, Path.Combine(_shell.Folder, "sets")), ((string)plan.Name, (string)plan.Deployment, (string)plan.Repository));
        Assert.Equal(Path.Combine(_shell.Folder, "letta-dr.yaml"), (string)plan.Path);
        Assert.Equal("True True", _shell.With("plan", (object)plan).Run(
            "\"$($plan.Objectives -eq [LettaDr.RecoveryTargets]::new()) $($plan.Retention -eq [LettaDr.RetentionPolicy]::new(24, 7, 4, 6))\"").Value());
        var results = Results();
        Assert.Equal(8, results.Count);
        Assert.All(results, result => Assert.Equal("Passed", result.Outcome));
        Assert.Equal(true, _shell.Run("Test-LettaDrPlan ./letta-dr.yaml -Quiet").Value());
        Assert.Equal(true, _shell.Run("Test-LettaDrPlan -Plan letta-dr.yaml -Quiet").Value());
        Assert.Equal(true, _shell.Run("$plan = New-LettaDrPlan " + Uri + " sets -Force; $plan | Test-LettaDrPlan -Quiet").Value());
        Assert.Equal(true, _shell.Run("Test-LettaDrPlan -Plan $plan -Quiet").Value());
    }

    [Fact]
    public void The_examples_of_what_people_fill_in_are_valid_too()
    {
        _shell.Run($"New-LettaDrPlan {Uri} sets").Clean();
        var path = Path.Combine(_shell.Folder, "letta-dr.yaml");

        // Whoever takes the comment signs away gets a plan.
        var keys = new[] { "certificates", "passphraseFrom", "sites", "contacts", "communication", "documents", "notifications", "  ", "- " };
        File.WriteAllLines(path, File.ReadAllLines(path).Select(line =>
        {
            var indent = line.Length - line.TrimStart().Length;
            var rest = line.TrimStart().StartsWith("# ", StringComparison.Ordinal) ? line.TrimStart()[2..] : null;
            return rest is not null && keys.Any(key => rest.StartsWith(key, StringComparison.Ordinal)) ? new string(' ', indent) + rest : line;
        }));

        var results = Results();
        Assert.All(results.Take(3), result => Assert.True(result.Outcome == "Passed", result.Evidence));
        Assert.Contains(results, result => (result.Name, result.Outcome) == ("RepositoriesExist", "Failed"));
        Assert.Contains(results, result => (result.Name, result.Outcome) == ("CertificatesFound", "Failed"));
        Assert.Contains(results, result => (result.Name, result.Outcome) == ("SecretsReadable", "Failed"));
        Assert.Contains(results, result => (result.Name, result.Outcome) == ("RunbooksExist", "Failed"));
    }

    [Fact]
    public void A_password_is_never_written()
    {
        var run = _shell.Run("New-LettaDrPlan postgresql://letta:hunter2@db.example/letta sets");

        Assert.Equal("env:LETTA_PG_URI", run.Clean().Single().Deployment);
        Assert.Contains("LETTA_PG_URI", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", run.Everything() + File.ReadAllText(Path.Combine(_shell.Folder, "letta-dr.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_there_stays_and_WhatIf_writes_none()
    {
        var path = Path.Combine(_shell.Folder, "letta-dr.yaml");
        _shell.Run($"New-LettaDrPlan {Uri} sets -IncludeSchema -WhatIf").Clean();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_shell.Folder));
        File.WriteAllText(path, "mine");

        Assert.StartsWith("PlanExists", Assert.Single(_shell.Run($"New-LettaDrPlan {Uri} sets").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(path));

        _shell.Run($"New-LettaDrPlan {Uri} sets -IncludeSchema -Force").Clean();
        Assert.StartsWith("# yaml-language-server: $schema=letta-dr.schema.json", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(["letta-dr.schema.json", "letta-dr.yaml"], Directory.EnumerateFiles(_shell.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void What_is_wrong_is_told_with_line_and_column_and_refused_by_other_cmdlets()
    {
        File.WriteAllText(Path.Combine(_shell.Folder, "letta-dr.yaml"), "name: letta\ndeployment: letta\nrepository: sets\nretension: 1\ndrills: {failover: never}\n");

        var failed = Results().Where(result => result.Outcome == "Failed");
        Assert.Equal(["letta-dr.yaml(4,1)", "letta-dr.yaml(5,20)"], failed.Select(result => result.Evidence.Split(':')[0]));
        Assert.Equal(false, _shell.Run("Test-LettaDrPlan -Quiet").Value());
        var refused = Assert.Single(_shell.Run("Get-LettaBackup -Plan letta-dr.yaml").Errors);
        Assert.StartsWith("PlanInvalid", refused.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("letta-dr.yaml(4,1): ", refused.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Test-LettaDrPlan shows all 2 problems", refused.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Planned))]
    public void What_a_plan_can_give_is_not_demanded(string name)
    {
        var cmdlet = CmdletFacts.Of(name);
        var demanded = cmdlet.ParameterSets.SelectMany(set => set.Parameters).Where(parameter => parameter.IsMandatory).Select(parameter => parameter.Name);

        Assert.DoesNotContain("Repository", demanded);
        Assert.DoesNotContain("Deployment", demanded);
        Assert.All(cmdlet.ParameterSets, set => Assert.Contains(set.Parameters, parameter => parameter.Name == "Plan"));
    }

    [Fact]
    public void Every_cmdlet_on_deployments_or_repositories_takes_a_plan()
    {
        // What makes a plan, or is no deployment's, takes none.
        string[] without = ["New-LettaDrPlan"];

        Assert.All(
            CmdletFacts.All.Where(cmdlet => cmdlet.Parameters.Keys.Any(key => key is "Deployment" or "Repository") && !without.Contains(cmdlet.Name)),
            cmdlet => Assert.Contains("Plan", cmdlet.Parameters.Keys));
    }

    [Theory]
    [InlineData("Backup-LettaSystem", "DeploymentNotGiven")]
    [InlineData("Test-LettaDeployment", "DeploymentNotGiven")]
    [InlineData("Undo-LettaRestore", "DeploymentNotGiven")]
    [InlineData("Restore-LettaDatabase -Latest", "DeploymentNotGiven")]
    [InlineData("Restore-LettaDatabase latest", "DeploymentNotGiven")]
    [InlineData("Compare-LettaConfiguration", "DeploymentNotGiven")]
    [InlineData("Get-LettaBackup", "RepositoryNotGiven")]
    [InlineData("Get-LettaWalArchive", "RepositoryNotGiven")]
    [InlineData("Invoke-LettaRetention", "RepositoryNotGiven")]
    [InlineData("Restore-LettaSystem latest", "RepositoryNotGiven")]
    [InlineData("Get-LettaBackup -Repository $null -Plan letta-dr.yaml", "ParameterArgumentValidationError")]
    [InlineData("Test-LettaDrPlan -Plan a.yaml -Path b.yaml", "ParameterMismatch")]
    public void Without_either_it_is_told_and_nobody_is_asked(string command, string id)
    {
        var run = _shell.Run(command);

        var error = run.Thrown is IContainsErrorRecord thrown ? thrown.ErrorRecord : Assert.Single(run.Errors);
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(run.Prompts);
    }

    [Fact]
    public void A_parameter_that_is_given_wins()
    {
        Directory.CreateDirectory(Path.Combine(_shell.Folder, "sets"));
        _shell.Run($"New-LettaDrPlan {Uri} sets").Clean();

        _shell.Run("Get-LettaBackup -Plan letta-dr.yaml").Clean();
        var other = Assert.Single(_shell.Run("Get-LettaBackup -Plan letta-dr.yaml -Repository other").Errors);
        Assert.Contains(Path.Combine(_shell.Folder, "other"), other.Exception.Message, StringComparison.Ordinal);
        var unknown = _shell.Run("Test-LettaDeployment -Plan letta-dr.yaml -Deployment ./nowhere.yaml");
        Assert.Contains("nowhere.yaml", Assert.Single(unknown.Errors).Exception.Message, StringComparison.Ordinal);
    }

    private List<(string Name, string Outcome, string Evidence)> Results() =>
        [.. _shell.Run("Test-LettaDrPlan").Clean().Output.Select(item => ($"{item.Properties["Name"].Value}", $"{item.Properties["Outcome"].Value}", $"{item.Properties["Evidence"].Value}"))];
}
