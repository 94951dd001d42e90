using System.Diagnostics;

namespace LettaDr.Systems.Tests;

/// <summary>A file system in memory, of a size of its own, on a folder of its own.</summary>
internal sealed record MountedFolder : IDisposable
{
    private readonly TemporaryFolder? _folder;

    public MountedFolder(int kilobytes, string? path = null)
    {
        _folder = path is null ? new TemporaryFolder("disk") : null;
        Path = path ?? _folder!.Path;
        Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", Path);
    }

    public string Path { get; init; }

    public void Remount(string options) => Run("mount", "-o", "remount," + options, Path);

    public void Dispose()
    {
        Run("umount", Path);
        _folder?.Dispose();
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
