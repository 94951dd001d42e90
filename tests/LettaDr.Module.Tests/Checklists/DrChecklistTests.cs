namespace LettaDr.Module.Tests;

/// <summary>Checklists as people work through them, on a repository alone: the deployment may be lost.</summary>
public sealed class DrChecklistTests : IDisposable
{
    private readonly Shell _shell = new();

    public DrChecklistTests() => Directory.CreateDirectory(Path.Combine(_shell.Folder, "repository"));

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void What_somebody_records_is_what_the_list_says_from_then_on()
    {
        Assert.Equal("21 0", Value("$all = Get-LettaDrChecklist -Deployment letta -Repository repository; \"$(@($all).Count) $(@($all | Where-Object Outcome -ne NotRun).Count)\""));

        Assert.Equal("Passed ann", Value("$set = Set-LettaDrChecklistItem Pre 3 -Note 'called all' -By ann -Deployment letta -Repository repository; \"$($set.Outcome) $($set.By)\""));
        _shell.Run("Set-LettaDrChecklistItem During 1 -Incident fire -Deployment letta -Repository repository").Clean();

        Assert.Equal("Passed called all", Value("$item = @(Get-LettaDrChecklist Pre -Deployment letta -Repository repository)[2]; \"$($item.Outcome) $($item.Evidence)\""));
        Assert.Equal("NotRun Passed", Value("\"$(@(Get-LettaDrChecklist During -Deployment letta -Repository repository)[0].Outcome) $(@(Get-LettaDrChecklist During -Incident fire -Deployment letta -Repository repository)[0].Outcome)\""));
        Assert.Equal("Pre/3 During/1", Value("(Get-LettaDrChecklist -History -Deployment letta -Repository repository | ForEach-Object { \"$($_.Phase)/$($_.Number)\" }) -join ' '"));
    }

    [Fact]
    public void Checks_that_are_piped_in_answer_items_and_their_answers_can_be_recorded()
    {
        _shell.Run("""
            function New-Check($Name, $Outcome) { [LettaDr.CheckResult] @{ Name = $Name; Target = 'letta'; Outcome = $Outcome; Evidence = "seen by $Name" } }
            $checks = (New-Check SiteReady Passed), (New-Check ContactsComplete Failed), (New-Check DatabaseReady Passed)
            $pre = @($checks | Get-LettaDrChecklist Pre -Deployment letta -Repository repository)
            $pre[1] | Set-LettaDrChecklistItem -Repository repository
            """).Clean();

        Assert.Equal("NotRun Passed Failed NotRun", Value("($pre[0..3].Outcome | ForEach-Object { \"$_\" }) -join ' '"));
        Assert.Equal("Passed seen by SiteReady", Value("$now = @(Get-LettaDrChecklist Pre -Deployment letta -Repository repository)[1]; \"$($now.Outcome) $($now.Evidence)\""));
        Assert.Equal("Passed", Value("\"$(@($checks | Get-LettaDrChecklist During -Deployment letta -Repository repository)[1].Outcome)\""));
        Assert.StartsWith("NotRun Not all", Value("$post = @($checks | Get-LettaDrChecklist Post -Deployment letta -Repository repository)[0]; \"$($post.Outcome) $($post.Evidence)\""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_was_edited_by_hand_is_told_and_believed_no_more()
    {
        _shell.Run("Set-LettaDrChecklistItem Pre 3 -Outcome Failed -Deployment letta -Repository repository").Clean();
        var path = Path.Combine(_shell.Folder, "repository", "letta", "checklist.log");
        File.WriteAllText(path, File.ReadAllText(path).Replace("Failed", "Passed", StringComparison.Ordinal));

        var run = _shell.Run("$items = Get-LettaDrChecklist Pre -Deployment letta -Repository repository");

        Assert.StartsWith("ChecklistAltered", Assert.Single(run.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("NotRun", Value("\"$($items[2].Outcome)\""));
        Assert.StartsWith(
            "ChecklistAltered", Assert.Single(_shell.Run("Set-LettaDrChecklistItem Pre 1 -Deployment letta -Repository repository").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_records_nothing()
    {
        var run = _shell.Run("Set-LettaDrChecklistItem Pre 3 -Deployment letta -Repository repository -WhatIf");

        Assert.Contains("Validate contact information", run.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_shell.Folder, "repository", "letta", "checklist.log")));
    }

    [Theory]
    [InlineData("Get-LettaDrChecklist Pre -Repository repository", "DeploymentNotGiven")]
    [InlineData("Get-LettaDrChecklist Pre -Deployment letta", "RepositoryNotGiven")]
    [InlineData("Get-LettaDrChecklist Pre -Deployment letta -Repository nowhere", "RepositoryNotFound")]
    [InlineData("Set-LettaDrChecklistItem Pre 3 -Deployment letta -Repository nowhere", "RepositoryNotFound")]
    public void What_is_missing_is_told(string command, string error) =>
        Assert.StartsWith(error, Assert.Single(_shell.Run(command).Errors).FullyQualifiedErrorId, StringComparison.Ordinal);

    private string? Value(string script) => _shell.Run(script).Value()?.ToString();
}
