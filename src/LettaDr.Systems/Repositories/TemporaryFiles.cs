namespace LettaDr.Systems;

/// <summary>Files that nobody else can read and that go when they are closed.</summary>
internal static class TemporaryFiles
{
    /// <summary>Makes one, to write and then to read.</summary>
    public static FileStream Create(string extension)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 16, Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), $"lettadr-{Guid.NewGuid():N}{extension}"), options);
    }
}
