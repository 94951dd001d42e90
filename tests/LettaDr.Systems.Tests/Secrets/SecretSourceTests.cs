namespace LettaDr.Systems.Tests;

/// <summary>Secrets that a plan names but does not hold.</summary>
public sealed class SecretSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_variable_gives_its_value()
    {
        var name = $"LETTADR_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, "  four words, all kept ");
        try
        {
            Assert.Equal("  four words, all kept ", SecretSource.Read($"env:{name}").Reveal());
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Theory]
    [InlineData("correct horse\nsecond line\n", "correct horse")]
    [InlineData("correct horse\r\n", "correct horse")]
    [InlineData(" kept as it is ", " kept as it is ")]
    public void A_file_gives_its_first_line(string content, string expected) =>
        Assert.Equal(expected, SecretSource.Read($"file:{Write(content)}").Reveal());

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite)]
    public void A_file_that_others_may_read_or_change_is_refused(UnixFileMode mode)
    {
        var path = Write("correct horse\n");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(path, mode);

        var failure = Assert.Throws<LettaDrException>(() => SecretSource.Read($"file:{path}"));

        Assert.Equal("SecretFileTooOpen", failure.Id);
        Assert.DoesNotContain("correct horse", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_place_of_its_place_is_refused_and_not_shown()
    {
        var failure = Assert.Throws<LettaDrException>(() => SecretSource.Read("hunter2hunter2"));

        Assert.Equal("SecretReferenceInvalid", failure.Id);
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
        Assert.Null(failure.Target);
    }

    [Fact]
    public void What_is_missing_or_empty_is_told()
    {
        Assert.Equal("SecretNotFound", Id("env:LETTADR_TEST_NOBODY_SETS_THIS"));
        Assert.Equal("SecretNotFound", Id($"file:{Path.Combine(_folder.Path, "nowhere")}"));
        Assert.Equal("SecretEmpty", Id($"file:{Write("\nnot in the first line\n")}"));
        Assert.Equal("SecretEmpty", Id($"file:{Write(string.Empty)}"));
        Assert.Equal("SecretFileTooLarge", Id($"file:{Write(new string('x', 70_000))}"));
    }

    public void Dispose() => _folder.Dispose();

    private static string Id(string reference) => Assert.Throws<LettaDrException>(() => SecretSource.Read(reference)).Id;

    private string Write(string content)
    {
        var path = Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }
}
