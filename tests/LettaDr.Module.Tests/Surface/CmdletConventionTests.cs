using System.Management.Automation;
using System.Reflection;
using System.Security;

namespace LettaDr.Module.Tests;

public sealed class CmdletConventionTests
{
    private static readonly string[] StateChanging =
    [
        "Add", "Backup", "Restore", "New", "Remove", "Invoke", "Undo", "Set", "Clear", "Repair", "Start", "Stop", "Register", "Unregister", "Send",
        "Enter", "Exit", "Export",
    ];

    public static TheoryData<string> Names => CmdletFacts.Names;

    [Fact]
    public void The_verbs_are_approved()
    {
        using var shell = new Shell();
        var approved = typeof(VerbsCommon).Assembly.GetTypes()
            .Where(type => type.IsPublic && type.Namespace == "System.Management.Automation" && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(field => (string)field.GetValue(null)!).ToHashSet();

        Assert.Contains("Undo", approved);
        Assert.NotEmpty(CmdletFacts.All);
        Assert.All(CmdletFacts.All, cmdlet => Assert.Contains(cmdlet.Verb, approved));
        Assert.DoesNotContain("unapproved", shell.Run($"Import-Module '{ModuleFiles.Manifest}' -Force").Everything(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_noun_is_singular_and_Lettas(string name)
    {
        var noun = CmdletFacts.Of(name).Noun;

        Assert.Matches("^Letta(Dr)?[A-Z][A-Za-z]+$", noun);
        Assert.False(noun.EndsWith('s') && !noun.EndsWith("ss", StringComparison.Ordinal) && !noun.EndsWith("us", StringComparison.Ordinal), noun);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_comes_out_is_declared(string name)
    {
        var silent = CmdletFacts.Of(name).Verb == "Remove";

        Assert.Equal(silent, CmdletFacts.Of(name).OutputType.Count == 0);
        Assert.All(CmdletFacts.Of(name).OutputType, output => Assert.NotNull(output.Type));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_changes_something_can_be_asked_what_it_would_do(string name)
    {
        var cmdlet = CmdletFacts.Of(name);

        // A plan is an object in memory: nothing is changed by making one.
        Assert.Equal(StateChanging.Contains(cmdlet.Verb) && cmdlet.Noun != "LettaRestorePlan", CmdletFacts.AttributeOf(cmdlet).SupportsShouldProcess);
    }

    [Theory]
    [InlineData("Invoke-LettaRunbook", ConfirmImpact.High)]
    [InlineData("Restore-LettaCache", ConfirmImpact.High)]
    [InlineData("Restore-LettaDatabase", ConfirmImpact.High)]
    [InlineData("Undo-LettaRestore", ConfirmImpact.High)]
    [InlineData("Remove-LettaBackup", ConfirmImpact.High)]
    [InlineData("Invoke-LettaRetention", ConfirmImpact.High)]
    [InlineData("Stop-LettaWalArchive", ConfirmImpact.High)]
    [InlineData("Start-LettaWalArchive", ConfirmImpact.Medium)]
    [InlineData("Clear-LettaCache", ConfirmImpact.Medium)]
    [InlineData("Enter-LettaMaintenance", ConfirmImpact.Medium)]
    [InlineData("Repair-LettaVectorIndex", ConfirmImpact.Medium)]
    [InlineData("Backup-LettaDatabase", ConfirmImpact.Low)]
    public void What_may_lose_data_asks_first(string name, ConfirmImpact impact) =>
        Assert.Equal(impact, CmdletFacts.AttributeOf(CmdletFacts.Of(name)).ConfirmImpact);

    [Theory]
    [MemberData(nameof(Names))]
    public void No_parameter_takes_a_secret_as_plain_text(string name)
    {
        foreach (var parameter in CmdletFacts.Of(name).Parameters.Values)
        {
            var suspicious = new[] { "password", "secret", "token", "apikey", "passphrase" }
                .Any(word => parameter.Name.Contains(word, StringComparison.OrdinalIgnoreCase));
            Assert.False(suspicious && parameter.ParameterType != typeof(SecureString), parameter.Name);
            if (parameter.Name == "Credential")
            {
                Assert.Equal(typeof(PSCredential), parameter.ParameterType);
                Assert.Contains(parameter.Attributes, attribute => attribute is CredentialAttribute);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_switch_of_the_same_name_means_the_same_and_no_parameter_has_two_positions(string name)
    {
        foreach (var set in CmdletFacts.Of(name).ParameterSets)
        {
            var positions = set.Parameters.Where(parameter => parameter.Position >= 0).Select(parameter => parameter.Position).Order().ToList();
            Assert.Equal(Enumerable.Range(0, positions.Count), positions);
        }

        Assert.All(
            CmdletFacts.Of(name).Parameters.Values.Where(parameter => parameter.Name is "Quiet" or "Force" or "DisconnectSessions" or "AllowOtherCluster"),
            parameter => Assert.True(parameter.SwitchParameter));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_class_is_found_from_the_name_alone(string name)
    {
        var cmdlet = CmdletFacts.Of(name);
        var className = cmdlet.Verb + cmdlet.Noun + "Command";

        Assert.Equal(className, cmdlet.ImplementingType.Name);
        Assert.True(cmdlet.ImplementingType.IsSealed);
        var file = Assert.Single(ModuleFiles.Sources(".cs"), path => Path.GetFileName(path) == className + ".cs");
        Assert.Contains(Path.GetFileName(Path.GetDirectoryName(file)), Areas);
        Assert.Equal("LettaDr.Cmdlets", Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file))));
    }

    private static readonly string[] Areas =
    [
        "Deployments", "Repositories", "Backups", "Archiving", "Restores", "Consistency", "Replication", "Drills", "Checklists", "Incidents", "Reporting", "Scheduling",
    ];
}
