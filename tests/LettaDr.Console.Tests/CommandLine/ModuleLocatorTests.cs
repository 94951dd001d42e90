namespace LettaDr.Console.Tests;

public sealed class ModuleLocatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Beside_the_executable_comes_first()
    {
        string expected = _folder.Write("app/LettaDr/LettaDr.psd1", "@{}");
        _folder.Write("app/LettaDr.psd1", "@{}");
        Assert.Equal(expected, ModuleLocator.Find(null, _folder.At("app"), out string? error));
        Assert.Null(error);
    }

    [Fact]
    public void A_folder_above_is_searched()
    {
        string expected = _folder.Write("LettaDr.psd1", "@{}");
        Directory.CreateDirectory(_folder.At("artifacts/bin/app"));
        Assert.Equal(expected, ModuleLocator.Find(null, _folder.At("artifacts/bin/app"), out _));
    }

    [Fact]
    public void A_folder_that_is_named_holds_it()
    {
        string expected = _folder.Write("else/LettaDr.psd1", "@{}");
        Assert.Equal(expected, ModuleLocator.Find(_folder.At("else"), "/", out _));
    }

    [Fact]
    public void A_name_that_is_wrong_is_not_made_up_for()
    {
        _folder.Write("app/LettaDr.psd1", "@{}");
        Assert.Null(ModuleLocator.Find(_folder.At("nowhere"), _folder.At("app"), out string? error));
        Assert.Contains(_folder.At("nowhere"), error, StringComparison.Ordinal);
        Assert.Contains("--module", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/opt/LettaDr/LettaDr.psd1", "/opt")]
    [InlineData("/opt/LettaDr/0.1.0/LettaDr.psd1", "/opt")]
    [InlineData("/opt/clone/LettaDr.psd1", null)]
    public void By_name_it_is_found_from(string manifest, string? folder) => Assert.Equal(folder, ModuleLocator.SearchFolder(manifest));

    public void Dispose() => _folder.Dispose();
}
