namespace LettaDr.Systems.Tests;

/// <summary>A test that mounts file systems: of Linux and root; elsewhere it is skipped by name, never passed.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute(params string[] images)
    {
        Skip = OperatingSystem.IsLinux() && Environment.UserName == "root"
            ? new DockerFactAttribute(images).Skip
            : "NotRun: mounting needs Linux and root.";
    }
}
