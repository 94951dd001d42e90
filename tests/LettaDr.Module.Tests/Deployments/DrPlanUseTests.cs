namespace LettaDr.Module.Tests;

/// <summary>What cmdlets take from a plan, on a deployment that runs.</summary>
[Collection(SmallSandboxCollection.Name)]
public sealed class DrPlanUseTests : IDisposable
{
    private readonly SmallSandbox _sandbox;
    private readonly Shell _shell = new();

    public DrPlanUseTests(SmallSandbox sandbox)
    {
        _sandbox = sandbox;
        File.WriteAllText(Path.Combine(_shell.Folder, "passphrase"), "correct horse\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(_shell.Folder, "passphrase"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Write("letta-dr.yaml", sandbox.Name);
        Write("other.yaml", "postgresql://letta@db.example/other");
    }

    public void Dispose()
    {
        _sandbox.DropBeside();
        _shell.Dispose();
    }

    [Fact]
    public void A_plan_gives_what_is_not_given()
    {
        dynamic set = _shell.Run("$set = Backup-LettaSystem -Plan letta-dr.yaml; $set").Single();
        Assert.Equal((_sandbox.Name, Path.Combine(_shell.Folder, "sets")), ((string)set.Deployment, (string)set.Repository));

        // The passphrase: the plan's opens the set, and another that is given is taken in its place.
        Assert.Equal("Passed", Secrets("Test-LettaBackup latest -Plan letta-dr.yaml -Level Restore"));
        _shell.Run("$wrong = [securestring]::new(); 'wrong'.ToCharArray() | ForEach-Object { $wrong.AppendChar($_) }").Clean();
        Assert.Equal("Failed", Secrets("Test-LettaBackup latest -Plan letta-dr.yaml -Level Restore -Passphrase $wrong"));

        // Another plan's deployment has no sets in the same repository, and retention removes none of this one's.
        Assert.Empty(_shell.Run("Get-LettaBackup -Plan other.yaml").Clean().Output);
        Assert.Empty(_shell.Run("Invoke-LettaRetention -Plan other.yaml -Confirm:$false").Clean().Output);
        Assert.Equal((string)set.Id, (string)_shell.Run("Get-LettaBackup -Plan letta-dr.yaml").Single().Id);

        // Retention: the plan's numbers, but for those given.
        Assert.Equal("weekly", Periods("Invoke-LettaRetention -Plan letta-dr.yaml -WhatIf"));
        Assert.Equal("hourly weekly", Periods("Invoke-LettaRetention -Plan letta-dr.yaml -Hourly 1 -WhatIf"));

        // Objectives: the plan's, or those given.
        Assert.Equal("03:07:00", _shell.Run("\"$((Measure-LettaRecoveryObjective -Plan letta-dr.yaml)[0].Target)\"").Value());
        Assert.Equal("01:00:00", _shell.Run("\"$((Measure-LettaRecoveryObjective -Plan letta-dr.yaml -Objective @{ DatabaseRto = '01:00:00' })[0].Target)\"").Value());

        // A system's restore, from a set and from a plan of it, each piped in; the target is shown.
        Assert.Contains($"as {_sandbox.Name}", _shell.Show("$set | Restore-LettaSystem -Plan letta-dr.yaml -WhatIf").Clean().Text, StringComparison.Ordinal);
        Assert.Contains(
            $"as {_sandbox.Name}", _shell.Show("$set | New-LettaRestorePlan -Plan letta-dr.yaml | Restore-LettaSystem -Plan letta-dr.yaml -WhatIf").Clean().Text,
            StringComparison.Ordinal);
    }

    private string Secrets(string command) => (string)_shell.Run($"\"$(({command} | Where-Object Name -eq SecretsOpen).Outcome)\"").Value();

    private string Periods(string command) => (string)_shell.Run(
        $"(({command})[0].Reasons | ForEach-Object {{ ($_ -split ' ')[0] }} | Where-Object {{ $_ -like '*ly' }}) -join ' '").Value();

    private void Write(string file, string deployment) => File.WriteAllText(Path.Combine(_shell.Folder, file), $$"""
        name: {{deployment.Split('/')[^1]}}
        deployment: {{deployment}}
        repository: sets
        passphraseFrom: file:passphrase
        objectives: { rto: { database: 3h7m } }
        retention: { hourly: 0, daily: 0, weekly: 1, monthly: 0 }
        """);
}
