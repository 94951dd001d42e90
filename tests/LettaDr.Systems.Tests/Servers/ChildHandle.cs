using System.Diagnostics;

namespace LettaDr.Systems.Tests;

/// <summary>A process that runs <see cref="ChildProgram"/>; killed when disposed of.</summary>
internal abstract class ChildHandle(Process process) : IDisposable
{
    /// <summary>By what all that it makes is known.</summary>
    public string Owner => ProcessOwner.Of(Process.Id);

    protected Process Process => process;

    /// <summary>Waits until it stands still in the middle of its work.</summary>
    public async Task StandsStillAsync()
    {
        Assert.Equal(ChildProgram.Ready, await Process.StandardOutput.ReadLineAsync());
        await Eventually.TrueAsync(() => File.ReadAllText($"/proc/{Process.Id}/stat").Split(')')[^1].TrimStart().StartsWith('T'));
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        Process.Kill();
        Process.WaitForExit();
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Kill();
        }

        Process.Dispose();
    }
}
