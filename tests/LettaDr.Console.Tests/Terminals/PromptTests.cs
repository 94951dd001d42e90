namespace LettaDr.Console.Tests;

/// <summary>The console as somebody at a terminal meets it.</summary>
public sealed class PromptTests : IDisposable
{
    private const string Up = "\e[A";

    private const string ControlC = "\u0003";

    private const string ControlD = "\u0004";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Commands_are_read_run_and_remembered()
    {
        using (PseudoTerminal terminal = Prompt())
        {
            Assert.Contains("LettaDr Console", terminal.WaitFor("PS /> "), StringComparison.Ordinal);
            Enter(terminal, "40 + 2", "42");
            Enter(terminal, "$password = 'x'", string.Empty);
            terminal.Type(ControlD);
            Assert.Equal(0, terminal.WaitForExit());
        }

        Assert.Equal("40 + 2\n", File.ReadAllText(_folder.At("state/lettadr/history")));
        using PseudoTerminal again = Prompt("-NoLogo");
        again.WaitFor("PS /> ");
        again.Type(Up + "0\r");
        again.WaitFor("\n60\n");
        again.Type("exit 5\r");
        Assert.Equal(5, again.WaitForExit());
    }

    [Fact]
    public void An_open_statement_goes_on_in_the_next_line()
    {
        using PseudoTerminal terminal = Prompt();
        terminal.WaitFor("PS /> ");
        terminal.Type("foreach ($i in 1..2) {\r");
        terminal.WaitFor(">> ");
        terminal.Type("\"v$i\" }\r");
        terminal.WaitFor("\nv1\nv2\n");
    }

    [Fact]
    public void Tab_completes_commands_and_parameters()
    {
        using PseudoTerminal terminal = Prompt("--module", SampleModule.WriteTo(_folder));
        terminal.WaitFor("PS /> ");
        terminal.Type("Get-LettaS\t");
        terminal.WaitFor("Get-LettaSample");
        terminal.Type(" -Na\t");
        terminal.WaitFor("-Name");
        terminal.Type(" done\r");
        terminal.WaitFor("\ndone ");
    }

    [Fact]
    public void Ctrl_C_at_the_prompt_drops_the_line()
    {
        using PseudoTerminal terminal = Prompt();
        terminal.WaitFor("PS /> ");
        terminal.Type("'not ' + 'run'" + ControlC);
        terminal.WaitFor("PS /> ");
        Enter(terminal, "'st' + 'ill'", "still");
        Assert.DoesNotContain("not run", terminal.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_stops_the_command_and_returns_to_the_prompt()
    {
        string mark = _folder.At("mark");
        using PseudoTerminal terminal = Prompt();
        terminal.WaitFor("PS /> ");
        terminal.Type($"try {{ 'beg' + 'un'; Start-Sleep 50 }} finally {{ [IO.File]::WriteAllText('{mark}', 'x') }}\r");
        terminal.WaitFor("begun");
        terminal.Type(ControlC);
        terminal.WaitFor("PS /> ");
        Assert.True(File.Exists(mark));
        Enter(terminal, "'st' + 'ill'", "still");
    }

    [Fact]
    public void Ctrl_C_at_a_question_stops_the_command_that_asks()
    {
        using PseudoTerminal terminal = Prompt("--module", SampleModule.WriteTo(_folder));
        terminal.WaitFor("PS /> ");
        terminal.Type("Remove-LettaSample a; 'went ' + 'on'\r");
        terminal.WaitFor("(default is \"Y\"): ");
        terminal.Type(ControlC);
        terminal.WaitFor("PS /> ");
        Enter(terminal, "'st' + 'ill'", "still");
        Assert.DoesNotContain("removed a", terminal.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("went on", terminal.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public void Suspend_gives_a_prompt_until_exit()
    {
        using PseudoTerminal terminal = Prompt("--module", SampleModule.WriteTo(_folder));
        terminal.WaitFor("PS /> ");
        terminal.Type("Remove-LettaSample a\r");
        terminal.WaitFor("(default is \"Y\"): ");
        terminal.Type("s\r");
        terminal.WaitFor("PS />> ");
        terminal.Type("40 + 2\r");
        terminal.WaitFor("\n42\n");
        terminal.Type("exit\r");
        terminal.WaitFor("(default is \"Y\"): ");
        terminal.Type("y\r");
        terminal.WaitFor("removed a");
    }

    [Fact]
    public void A_secret_is_not_shown()
    {
        using PseudoTerminal terminal = Prompt();
        terminal.WaitFor("PS /> ");
        terminal.Type("$c = Get-Credential; $c.GetNetworkCredential().Password.Length\r");
        terminal.WaitFor("User: ");
        terminal.Type("ada\r");
        terminal.WaitFor("Password for user ada: ");
        terminal.Type("hunter22x\b\r");
        terminal.WaitFor("\n8\n");
        Assert.DoesNotContain("hunter", terminal.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("*", terminal.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_drawn_and_taken_away()
    {
        using PseudoTerminal terminal = Prompt();
        terminal.WaitFor("PS /> ");
        terminal.Type(
            "1..3 | ForEach-Object { Write-Progress -Activity 'Backing up' -Status \"part $_\" -PercentComplete ($_ * 20) "
            + "-SecondsRemaining 75; \"line $_\"; Start-Sleep -Milliseconds 400 }\r");
        terminal.WaitFor("line 2");
        string drawn = terminal.WaitFor("part 2");
        Assert.Contains("Backing up", drawn, StringComparison.Ordinal);
        Assert.Contains("40 %", drawn, StringComparison.Ordinal);
        Assert.Contains("00:01:15 left", drawn, StringComparison.Ordinal);
        terminal.WaitFor("PS /> ");
        Assert.EndsWith("\e[J", terminal.Raw[..terminal.Raw.LastIndexOf("\e[6n", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_are_red_unless_colours_are_not_wanted()
    {
        using (PseudoTerminal terminal = new(_folder, string.Empty, "--no-module", "-Command", "Write-Error no"))
        {
            Assert.Equal(1, terminal.WaitForExit());
            terminal.WaitFor("Write-Error: no");
            Assert.Contains("\e[31;1mWrite-Error: no", terminal.Raw, StringComparison.Ordinal);
        }

        using PseudoTerminal plain = new(_folder, "NO_COLOR=1", "--no-module", "-Command", "Write-Error no; Get-Item /");
        Assert.Equal(0, plain.WaitForExit());
        plain.WaitFor("Write-Error: no");
        Assert.DoesNotContain("\e[3", plain.Raw, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void Enter(PseudoTerminal terminal, string command, string result)
    {
        terminal.Type(command + "\r");
        if (result.Length > 0)
        {
            terminal.WaitFor($"\n{result}\n");
        }

        terminal.WaitFor("PS /> ");
    }

    private PseudoTerminal Prompt(params string[] args) => new(
        _folder, string.Empty, ["-WorkingDirectory", "/", .. args.Contains("--module") ? args : [.. args, "--no-module"]]);
}
