namespace LettaDr.Console.Tests;

public sealed class ConsoleOptionsParserTests
{
    [Theory]
    [InlineData("-Command")]
    [InlineData("-c")]
    [InlineData("--command")]
    public void Words_after_Command_are_one_text(string name)
    {
        ConsoleOptions options = ConsoleOptionsParser.Parse([name, "Get-Thing", "-NoLogo", "a b"]);
        Assert.Null(options.Error);
        Assert.Equal(ConsoleAction.Command, options.Action);
        Assert.Equal("Get-Thing -NoLogo a b", options.Command);
        Assert.False(options.NoLogo);
    }

    [Fact]
    public void A_dash_after_Command_reads_standard_input() =>
        Assert.Equal(ConsoleAction.StandardInput, ConsoleOptionsParser.Parse(["-Command", "-"]).Action);

    [Fact]
    public void A_first_word_that_is_no_switch_is_a_script()
    {
        using var folder = new TemporaryFolder();
        string script = folder.Write("a.ps1", "1");
        ConsoleOptions options = ConsoleOptionsParser.Parse(["-NonInteractive", script, "-Name", "x"]);
        Assert.Equal(ConsoleAction.File, options.Action);
        Assert.Equal(script, options.File);
        Assert.True(options.NonInteractive);
        Assert.Equal(2, options.Arguments.Count);
    }

    [Theory]
    [InlineData("-noni")]
    [InlineData("--non-interactive")]
    [InlineData("-NonInteractive")]
    public void NonInteractive_can_be_written_so(string name) =>
        Assert.True(ConsoleOptionsParser.Parse([name, "-c", "1"]).NonInteractive);

    [Fact]
    public void Switches_before_the_command_are_taken()
    {
        ConsoleOptions options = ConsoleOptionsParser.Parse(
            ["-NoLogo", "-NoProfile", "--no-module", "-ExecutionPolicy", "Bypass", "-wd", "/tmp", "--module", "/m", "-c", "1"]);
        Assert.Null(options.Error);
        Assert.True(options.NoLogo);
        Assert.True(options.NoModule);
        Assert.Equal("/tmp", options.WorkingDirectory);
        Assert.Equal("/m", options.Module);
        Assert.Equal("1", options.Command);
    }

    [Theory]
    [InlineData("-Version", "ShowVersion")]
    [InlineData("-v", "ShowVersion")]
    [InlineData("-Help", "ShowHelp")]
    [InlineData("-?", "ShowHelp")]
    [InlineData("--help", "ShowHelp")]
    public void Version_and_help_are_known(string name, string action) =>
        Assert.Equal(action, ConsoleOptionsParser.Parse([name]).Action.ToString());

    [Theory]
    [InlineData("-Nonsense")]
    [InlineData("-Command")]
    [InlineData("-File")]
    [InlineData("-Module")]
    [InlineData("/no/such/script.ps1")]
    public void What_cannot_be_meant_is_an_error(string word) => Assert.NotNull(ConsoleOptionsParser.Parse([word]).Error);
}
