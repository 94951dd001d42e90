namespace LettaDr.Systems.Tests;

/// <summary>A repository in a directory of its own, gone after the test.</summary>
internal sealed class TemporaryRepository : IDisposable
{
    private readonly TemporaryFolder _folder = new("repository");

    /// <param name="path">Another place for the repository, which the caller removes; a folder of its own when null.</param>
    public TemporaryRepository(string? path = null)
    {
        Path = path ?? _folder.Path;
        Directory = new DirectoryRepository(Path);
        Journals = new JournalDirectory(System.IO.Path.Combine(_folder.Path, "..", "local-journals"));
    }

    public string Path { get; }

    public DirectoryRepository Directory { get; }

    /// <summary>Where journals go that are kept outside the repository.</summary>
    public JournalDirectory Journals { get; }

    public BackupCatalog Catalog => new(Directory);

    /// <summary>The paths of all files of sets, published or not, relative to the repository; journals and the lock are none.</summary>
    public IReadOnlyList<string> SetFiles() =>
        [.. System.IO.Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Path, path))
            .Where(path => path.Split('/') is [_, "sets", ..])
            .Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();
}
