namespace LettaDr.Console.Tests;

public sealed class CommandTests
{
    [Theory]
    [InlineData("1", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("Get-NoSuchCommand", 1)]
    [InlineData("Get-NoSuchCommand; 'after'", 0)]
    [InlineData("Write-Error 'no'", 1)]
    [InlineData("throw 'no'", 1)]
    [InlineData("if (", 1)]
    [InlineData("sh -c 'exit 3'", 1)]
    [InlineData("sh -c 'exit 3'; exit $LASTEXITCODE", 3)]
    public void Command_ends_as_in_pwsh(string command, int exitCode) =>
        Assert.Equal(exitCode, ConsoleProgram.Run("--no-module", "-Command", command).ExitCode);

    [Fact]
    public void The_process_leaves_the_processor_to_the_server()
    {
        // SCHED_BATCH of sched(7) is 3 in field 41 of proc_pid_stat(5); fields are counted from behind the name, which is the second.
        const string Policies = "'self', 'thread-self' | ForEach-Object { $s = [IO.File]::ReadAllText(\"/proc/$_/stat\"); $s.Substring($s.LastIndexOf(')') + 2).Split(' ')[38] }";

        // The first thread, whose policy those that it starts inherit, and the one that runs pipelines.
        Assert.Equal("3\n3\n", ConsoleProgram.Run("--no-module", "-Command", Policies).Output);
    }

    [Fact]
    public void Objects_go_to_output_and_the_rest_to_error()
    {
        ProgramResult result = ConsoleProgram.Run(
            "--no-module", "-Command", "'object'; Write-Host 'host'; Write-Error 'error'; Write-Warning 'warning'; Write-Verbose 'verbose' -Verbose");
        Assert.Equal("object\nhost\n", result.Output);
        Assert.Equal("Write-Error: error\nWARNING: warning\nVERBOSE: verbose\n", result.Error);
    }

    [Fact]
    public void What_is_redirected_holds_no_control_characters()
    {
        ProgramResult result = ConsoleProgram.Run(
            "--no-module",
            "-Command",
            "Write-Progress -Activity a -Status b -PercentComplete 5; \"$($PSStyle.Foreground.Red)red\"; "
            + "Write-Host g -ForegroundColor Green; Get-Item /; Write-Error e; Start-Sleep -Milliseconds 300");
        Assert.DoesNotContain('\e', result.Output + result.Error);
        Assert.DoesNotContain('\r', result.Output + result.Error);
        Assert.StartsWith("red\ng\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_are_120_columns_wide_where_there_is_no_terminal()
    {
        ProgramResult result = ConsoleProgram.Run(
            "--no-module", "-Command", "[pscustomobject]@{ A = 'x' * 200 } | Format-Table; $Host.UI.RawUI.BufferSize.Width");
        Assert.InRange(result.Output.Split('\n').Max(line => line.Length), 119, 120);
        Assert.Contains("\n120\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_host_says_who_it_is()
    {
        ProgramResult result = ConsoleProgram.Run("--no-module", "-Command", "$Host.Name; $PSVersionTable.PSVersion.Major; $PSVersionTable.PSEdition");
        Assert.Equal("LettaDr Console\n7\nCore\n", result.Output);
    }

    [Fact]
    public void Version_and_help_are_printed()
    {
        Assert.Matches(@"^LettaDr Console \d+\.\d+\.\d+ \(PowerShell 7\.", ConsoleProgram.Run("-Version").Output);
        string help = ConsoleProgram.Run("-Help").Output;
        Assert.Contains("-NonInteractive", help, StringComparison.Ordinal);
        Assert.All(EverydayCommands.All, command => Assert.Contains(command.Name, help, StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_command_line_is_64_and_says_why()
    {
        ProgramResult result = ConsoleProgram.Run("-Nonsense");
        Assert.Equal(64, result.ExitCode);
        Assert.Contains("'-Nonsense'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_working_directory_is_where_it_starts()
    {
        Assert.Equal("/\n", ConsoleProgram.Run("--no-module", "-WorkingDirectory", "/", "-Command", "$PWD.Path").Output);
        Assert.Equal(1, ConsoleProgram.Run("--no-module", "-WorkingDirectory", "/no/such", "-Command", "1").ExitCode);
    }

    [Fact]
    public void Files_are_written_by_redirection()
    {
        using var folder = new TemporaryFolder();
        string file = folder.At("out.txt");
        Assert.Equal(0, ConsoleProgram.Run("--no-module", "-Command", $"'one' > {file}; 'two' >> {file}").ExitCode);
        Assert.Equal("one\ntwo\n", File.ReadAllText(file));
    }

    [Fact]
    public void Runspaces_of_their_own_have_the_commands()
    {
        ProgramResult result = ConsoleProgram.Run(
            "--no-module", "-Command", "1..3 | ForEach-Object -Parallel { Write-Output (Join-Path a $_) } | Sort-Object");
        Assert.Equal("a/1\na/2\na/3\n", result.Output);
    }

    [Fact]
    public void Commands_are_known_by_their_modules_and_listed_once()
    {
        ProgramResult result = ConsoleProgram.Run(
            "--no-module", "-Command", "Microsoft.PowerShell.Utility\\Write-Output 1; (Get-Command Write-Output*, Write-Host).Count");
        Assert.Equal("1\n2\n", result.Output);
    }
}
