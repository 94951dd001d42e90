namespace LettaDr.Console.Tests;

public sealed class InputHistoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.At("state/history");

    [Fact]
    public void Lines_outlive_the_process_for_its_user_only()
    {
        var history = new InputHistory(FilePath);
        history.Add("one");
        history.Add("one");
        history.Add("two\nlines \\n");
        Assert.Equal(["one", "two\nlines \\n"], new InputHistory(FilePath).Lines);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [Theory]
    [InlineData("$password = 'x'")]
    [InlineData("ConvertTo-SecureString x -AsPlainText")]
    [InlineData("$env:OPENAI_API_KEY = 'x'")]
    [InlineData("Get-LettaDeployment postgresql://letta:pw@host/letta")]
    public void What_may_be_a_secret_is_not_written(string line)
    {
        var history = new InputHistory(FilePath);
        history.Add(line);
        Assert.Equal([line], history.Lines);
        Assert.Empty(new InputHistory(FilePath).Lines);
    }

    [Fact]
    public void A_file_that_cannot_be_used_is_done_without()
    {
        var history = new InputHistory("/proc/nowhere/history");
        history.Add("one");
        Assert.Equal(["one"], history.Lines);
    }

    [Fact]
    public void The_line_being_typed_waits_at_the_end()
    {
        var history = new InputHistory(FilePath);
        history.Add("one");
        history.Add("two");
        var walk = new HistoryWalk(history);
        Assert.Equal("two", walk.Step("typed", back: true));
        Assert.Equal("one", walk.Step("two", back: true));
        Assert.Null(walk.Step("one", back: true));
        Assert.Equal("two", walk.Step("one", back: false));
        Assert.Equal("typed", walk.Step("two", back: false));
        Assert.Null(walk.Step("typed", back: false));
        Assert.Equal(0, walk.Find("NE", walk.End));
        Assert.Equal(-1, walk.Find("three", walk.End));
    }

    public void Dispose() => _folder.Dispose();
}
