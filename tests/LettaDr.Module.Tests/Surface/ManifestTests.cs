using System.Management.Automation;
using System.Management.Automation.Language;

namespace LettaDr.Module.Tests;

public sealed class ManifestTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void The_manifest_is_sound()
    {
        var module = (PSModuleInfo)_shell.Run($"Test-ModuleManifest -Path '{ModuleFiles.Manifest}'").Value();

        Assert.Equal(new Version(7, 4), module.PowerShellVersion);
        Assert.Equal(["Core"], module.CompatiblePSEditions);
        Assert.NotEmpty(module.Description);
        Assert.NotEqual(Guid.Empty, module.Guid);
        Assert.Empty(module.ExportedFunctions);
        Assert.Empty(module.ExportedAliases);
        Assert.Empty(module.ExportedVariables);
    }

    [Fact]
    public void Manifest_classes_and_pages_are_one_list()
    {
        var exported = Listed();
        var classes = CmdletFacts.All[0].ImplementingType.Assembly.GetTypes()
            .Select(type => (CmdletAttribute?)Attribute.GetCustomAttribute(type, typeof(CmdletAttribute), inherit: false))
            .OfType<CmdletAttribute>().Select(cmdlet => cmdlet.VerbName + "-" + cmdlet.NounName);
        var docs = Path.Combine(ModuleFiles.Root, "docs", "en-US");
        var pages = Directory.Exists(docs)
            ? Directory.EnumerateFiles(docs, "*-*.md").Select(path => Path.GetFileNameWithoutExtension(path)!)
            : [];

        Assert.Equal(exported.Order(StringComparer.Ordinal), exported);
        Assert.Equal(exported, classes.Order(StringComparer.Ordinal));
        Assert.Equal(exported, pages.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Libraries_of_others_are_named_with_their_licenses()
    {
        var module = Path.Combine(ModuleFiles.Root, "module");
        var noticed = File.ReadAllLines(Path.Combine(module, "THIRD-PARTY-NOTICES.txt"))
            .SkipWhile(line => !line.StartsWith("License ", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.Length > 0)
            .Select(line => line["PostgreSQL License ".Length..].Split(' ')[0]);
        var laid = Directory.EnumerateFiles(ModuleFiles.Assemblies, "*.dll")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => !name.StartsWith("LettaDr", StringComparison.Ordinal));

        Assert.Equal(laid.Order(StringComparer.Ordinal), noticed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_cmdlet_has_its_Pester_file()
    {
        var files = Directory.EnumerateFiles(Path.Combine(ModuleFiles.Root, "tests", "Pester"), "*.Tests.ps1")
            .Select(path => Path.GetFileName(path).Replace(".Tests.ps1", string.Empty, StringComparison.Ordinal));

        Assert.Equal(Listed(), files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Importing_exports_what_the_manifest_lists()
    {
        Assert.Equal(Listed(), Exported("Get-Module LettaDr"));
        Assert.Empty(_shell.Run("Get-Module LettaDr").Single().ExportedFunctions);
    }

    [Fact]
    public void Importing_again_with_force_still_exports_all_of_it_and_it_works()
    {
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(Listed(), Exported($"Import-Module '{ModuleFiles.Manifest}' -Force -PassThru"));
            Assert.Equal(Listed(), _shell.Run("Get-Command -Module LettaDr").Clean().Output.Select(item => ((CommandInfo)item.BaseObject).Name).Order(StringComparer.Ordinal));
        }

        Assert.Contains("RepositoryNotFound", Assert.Single(_shell.Run("Get-LettaBackup ./nowhere").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Removing_and_importing_anew_works()
    {
        var run = _shell.Run($"Remove-Module LettaDr; $before = @(Get-Command -Module LettaDr).Count; Import-Module '{ModuleFiles.Manifest}'; $before; @(Get-Command -Module LettaDr).Count");

        Assert.Equal([0, Listed().Count], run.Clean().Output.Select(item => (int)item.BaseObject));
    }

    [Fact]
    public void A_second_shell_of_the_same_process_has_the_same_cmdlets()
    {
        using var second = new Shell();

        var first = (CmdletInfo)_shell.Run("Get-Command Get-LettaBackup").Value();
        var other = (CmdletInfo)second.Run("Get-Command Get-LettaBackup").Value();

        Assert.Same(first.ImplementingType, other.ImplementingType);
        Assert.Equal(Listed().Count, second.Run("@(Get-Command -Module LettaDr).Count").Value());
    }

    [Fact]
    public void Every_script_of_the_repository_parses()
    {
        var files = ModuleFiles.Sources(".ps1", ".psm1", ".psd1").ToList();

        Assert.Contains(files, path => Path.GetFileName(path) == "LettaDr.psm1");
        foreach (var file in files)
        {
            Parser.ParseFile(file, out _, out var errors);
            Assert.True(errors.Length == 0, $"{file}: {string.Join("; ", errors.Select(error => $"{error.Extent.StartLineNumber}: {error.Message}"))}");
        }
    }

    [Fact]
    public void Every_view_and_type_file_parses_with_all_its_scripts()
    {
        var files = ModuleFiles.Sources(".ps1xml").ToList();

        Assert.True(files.Count >= 2);
        foreach (var script in files.SelectMany(file => System.Xml.Linq.XDocument.Load(file).Descendants("ScriptBlock")).Select(block => block.Value))
        {
            Parser.ParseInput(script, out _, out var errors);
            Assert.True(errors.Length == 0, script);
        }
    }

    private static List<string> Listed()
    {
        var file = Parser.ParseFile(ModuleFiles.Manifest, out _, out _);
        var table = (HashtableAst)file.Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false)!;
        var value = table.KeyValuePairs.Single(pair => pair.Item1.ToString() == "CmdletsToExport").Item2;
        return [.. value.FindAll(ast => ast is StringConstantExpressionAst, searchNestedScriptBlocks: false).Cast<StringConstantExpressionAst>().Select(name => name.Value)];
    }

    private List<string> Exported(string script) =>
        [.. ((PSModuleInfo)_shell.Run(script).Value()).ExportedCmdlets.Keys.Order(StringComparer.Ordinal)];
}
