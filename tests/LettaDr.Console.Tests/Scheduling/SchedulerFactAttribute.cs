using System.Diagnostics;

namespace LettaDr.Console.Tests;

/// <summary>A test with Debian's cron and systemd in a container, whose only user is root; elsewhere it is skipped by name, never passed.</summary>
public sealed class SchedulerFactAttribute : FactAttribute
{
    public const string Image = "lettadr/schedulers:1";

    public SchedulerFactAttribute() =>
        Skip = Environment.UserName != "root" ? "NotRun: what is registered must be root's." : HasImage() ? null : $"NotRun: Docker has no image {Image}.";

    private static bool HasImage()
    {
        try
        {
            using Process docker = Process.Start(new ProcessStartInfo("docker", ["image", "inspect", Image])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            docker.StandardOutput.ReadToEnd();
            docker.WaitForExit();
            return docker.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
