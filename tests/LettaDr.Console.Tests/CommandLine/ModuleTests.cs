using System.Runtime.InteropServices;

namespace LettaDr.Console.Tests;

public sealed class ModuleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_module_is_loaded_and_its_views_are_used()
    {
        ProgramResult result = ConsoleProgram.Run("--module", SampleModule.WriteTo(_folder), "-Command", "Get-LettaSample one");
        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(["Thing          MB", "-----          --", "one             1"], Lines(result.Output));
    }

    [Fact]
    public void It_is_found_by_its_name_too()
    {
        ProgramResult result = ConsoleProgram.Run(
            "--module",
            SampleModule.WriteTo(_folder),
            "-Command",
            "Import-Module LettaDr; (Get-Module LettaDr).Version.ToString(); 1 | ForEach-Object -Parallel { (Get-LettaSample p).Name }");
        Assert.Equal("9.8.7\np\n", result.Output);
    }

    [Theory]
    [InlineData("linux-x64")]
    [InlineData("net8.0")]
    public void It_is_what_was_compiled_ahead_where_that_was_laid_out(string kind)
    {
        string built = Path.GetDirectoryName(ModuleLocator.Find(null, Path.GetDirectoryName(ConsoleProgram.Path)!, out _))!;
        Directory.CreateDirectory(_folder.At("LettaDr/module/bin"));
        File.Copy(Path.Combine(built, "LettaDr.psd1"), _folder.At("LettaDr/LettaDr.psd1"));
        foreach (string file in Directory.EnumerateFiles(Path.Combine(built, "module"), "LettaDr.*"))
        {
            File.Copy(file, _folder.At("LettaDr/module/" + Path.GetFileName(file)));
        }

        foreach (string folder in new[] { "net8.0", kind }.Distinct())
        {
            Directory.CreateSymbolicLink(_folder.At("LettaDr/module/bin/" + folder), Path.Combine(built, "module/bin", folder));
        }

        ProgramResult result = ConsoleProgram.Run(
            "--module", _folder.At("LettaDr"), "-Command", "[LettaDr.Backup].Assembly.Location; Get-LettaBackup -Repository . | Out-Null; (Get-Command Get-LettaBackup).DLL");
        string expected = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64 ? kind : "net8.0";
        Assert.Equal(
            [_folder.At($"LettaDr/module/bin/{expected}/LettaDr.dll"), _folder.At($"LettaDr/module/bin/{expected}/LettaDr.Cmdlets.dll")],
            Lines(result.Output));
        Assert.Equal(string.Empty, result.Error);
    }

    [Fact]
    public void A_missing_module_is_an_error()
    {
        ProgramResult result = ConsoleProgram.Run("--module", _folder.At("nowhere"), "-Command", "'not run'");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(string.Empty, result.Output);
        Assert.Contains(_folder.At("nowhere"), result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_does_not_load_is_an_error()
    {
        string manifest = SampleModule.WriteTo(_folder);
        _folder.Write("LettaDr/LettaDr.psm1", "throw 'it is broken'");
        ProgramResult result = ConsoleProgram.Run("--module", manifest, "-Command", "'not run'");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(string.Empty, result.Output);
        Assert.Contains("it is broken", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_says_what_to_do_on_a_line_of_its_own()
    {
        ProgramResult result = ConsoleProgram.Run("--module", SampleModule.WriteTo(_folder), "-Command", "Test-LettaSample");
        Assert.Equal("Test-LettaSample: The repository is not there.\nCreate it.\n", result.Error);
    }

    [Fact]
    public void A_confirmation_is_answered_from_standard_input()
    {
        string manifest = SampleModule.WriteTo(_folder);
        ProgramResult result = ConsoleProgram.RunWithInput("?\nmaybe\ny\nL\n", "--module", manifest, "-Command", "Remove-LettaSample a, b, c");
        Assert.Contains("Performing the operation \"Remove-LettaSample\" on target \"a\".", result.Output, StringComparison.Ordinal);
        Assert.Contains("[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [S] Suspend  [?] Help (default is \"Y\"): ", result.Output, StringComparison.Ordinal);
        Assert.Contains("A - Continue with all the steps of the operation.", result.Output, StringComparison.Ordinal);
        Assert.Contains("removed a", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("removed b", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("target \"c\"", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mandatory_parameter_is_asked_for()
    {
        string manifest = SampleModule.WriteTo(_folder);
        ProgramResult result = ConsoleProgram.RunWithInput("!?\nx\n", "--module", manifest, "-Command", "(Get-LettaSample).Name");
        Assert.Contains("Name: Its name\nName: x\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-LettaSample", "missing mandatory parameters: Name")]
    [InlineData("Remove-LettaSample", "NonInteractive mode")]
    [InlineData("Read-Host Name", "NonInteractive mode")]
    [InlineData("Read-Host Name -AsSecureString", "NonInteractive mode")]
    [InlineData("Get-Credential", "NonInteractive mode")]
    public void Nobody_is_asked_when_nobody_is_there(string command, string message)
    {
        ProgramResult result = ConsoleProgram.RunWithInput(
            "y\n", "--module", SampleModule.WriteTo(_folder), "-NonInteractive", "-Command", "$ErrorActionPreference = 'Stop'; " + command);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("removed", result.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Lines(string text) =>
        [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
}
