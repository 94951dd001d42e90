namespace LettaDr.Help.Hosting;

/// <summary>The sample's pages in a folder that a test may change.</summary>
internal sealed class DocsCopy : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lettadr-docs-");

    public DocsCopy()
    {
        foreach (var file in Directory.EnumerateFiles(SampleModule.Docs))
        {
            File.Copy(file, PathOf(System.IO.Path.GetFileName(file)));
        }
    }

    public string Path => folder.FullName;

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public string Read(string name) => File.ReadAllText(PathOf(name));

    /// <summary>Replaces a text that must be there.</summary>
    public void Replace(string name, string old, string with)
    {
        var text = Read(name);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(PathOf(name), text.Replace(old, with, StringComparison.Ordinal));
    }

    /// <summary>Line, from 1, where a text stands last at the start of a line.</summary>
    public int LineOf(string name, string text)
    {
        var at = ("\n" + Read(name)).LastIndexOf("\n" + text, StringComparison.Ordinal);
        Assert.NotEqual(-1, at);
        return Read(name)[..at].Count(c => c == '\n') + 1;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
