namespace LettaDr.Console.Tests;

public sealed class ScriptFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Arguments_reach_the_parameters()
    {
        string script = _folder.Write("args.ps1", """
            param([string] $Name, [int] $Count, [switch] $Loud, [switch] $Quiet, [Parameter(ValueFromRemainingArguments)] $Rest)
            "$Name|$Count|$Loud|$Quiet|$Rest|$($PSScriptRoot -eq (Split-Path $PSCommandPath))"
            """);
        ProgramResult result = ConsoleProgram.Run(
            "--no-module", "-File", script, "-Name", "two words", "-Count:3", "-Loud", "-Quiet:$false", "x", "y");
        Assert.Equal("two words|3|True|False|x y|True\n", result.Output);
        Assert.Equal("bob|2|False|False||True\n", ConsoleProgram.Run("--no-module", script, "bob", "2").Output);
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("exit 5", 5)]
    [InlineData("if ($true) { & { exit 6 } }; 'not reached'", 6)]
    [InlineData("throw 'no'", 1)]
    [InlineData("Write-Error 'no'; 'goes on'", 0)]
    [InlineData("$ErrorActionPreference = 'Stop'; Write-Error 'no'", 1)]
    [InlineData("if (", 1)]
    [InlineData("param([Parameter(Mandatory)] $Needed)", 1)]
    public void File_ends_as_in_pwsh(string text, int exitCode) => Assert.Equal(
        exitCode, ConsoleProgram.Run("--no-module", "-NonInteractive", "-File", _folder.Write("s.ps1", text)).ExitCode);

    [Fact]
    public void An_error_tells_its_place()
    {
        string script = _folder.Write("bad.ps1", "'fine'\nGet-NoSuchCommand -Loud\n");
        ProgramResult result = ConsoleProgram.Run("--no-module", "-File", script);
        Assert.Equal("fine\n", result.Output);
        Assert.StartsWith("Get-NoSuchCommand: The term", result.Error, StringComparison.Ordinal);
        Assert.Contains($"at {script}:2: Get-NoSuchCommand -Loud", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parse_error_tells_its_place()
    {
        ProgramResult result = ConsoleProgram.Run("--no-module", "-File", _folder.Write("bad.ps1", "1\nforeach (\n"));
        Assert.StartsWith("ParserError:", result.Error, StringComparison.Ordinal);
        Assert.Contains("bad.ps1:2", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_need_not_be_named_ps1()
    {
        string script = _folder.Write("tool", "#!/usr/bin/env lettadr\n\"ran with $args\"; exit 4\n");
        ProgramResult result = ConsoleProgram.Run("--no-module", script, "x");
        Assert.Equal("ran with x\n", result.Output);
        Assert.Equal(4, result.ExitCode);
    }

    public void Dispose() => _folder.Dispose();
}
