namespace LettaDr.Console.Tests;

public sealed class StandardInputTests
{
    [Fact]
    public void A_script_is_read_from_standard_input()
    {
        ProgramResult result = ConsoleProgram.RunWithInput("1 + 1\n'a', 'b' |\n  ForEach-Object { \"<$_>\" }\n\n'end'", "--no-module");
        Assert.Equal("2\n<a>\n<b>\nend\n", result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void An_open_statement_goes_on_to_the_next_blank_line()
    {
        ProgramResult result = ConsoleProgram.RunWithInput("if ($false) {\n'yes'\n}\nelse {\n'no'\n}\n\n'end'\n", "--no-module", "-Command", "-");
        Assert.Equal("no\nend\n", result.Output);
    }

    [Theory]
    [InlineData("1\nexit 9\n2\n", 9)]
    [InlineData("1\nthrow 'x'\n", 1)]
    [InlineData("throw 'x'\n1\n", 0)]
    public void It_ends_with_the_last_command(string input, int exitCode) =>
        Assert.Equal(exitCode, ConsoleProgram.RunWithInput(input, "--no-module").ExitCode);

    [Fact]
    public void A_command_can_enumerate_what_is_piped_in() => Assert.Equal(
        "<a>\n<b>\n", ConsoleProgram.RunWithInput("a\nb\n", "--no-module", "-Command", "$input | ForEach-Object { \"<$_>\" }").Output);

    [Fact]
    public void A_command_that_asks_reads_its_answer()
    {
        ProgramResult result = ConsoleProgram.RunWithInput("Ada\n", "--no-module", "-Command", "'Hello ' + (Read-Host Name)");
        Assert.Equal("Name: Hello Ada\n", result.Output);
    }

    [Fact]
    public void A_question_without_an_answer_is_an_error()
    {
        ProgramResult result = ConsoleProgram.Run("--no-module", "-Command", "Read-Host Name");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("standard input has ended", result.Error, StringComparison.Ordinal);
    }
}
