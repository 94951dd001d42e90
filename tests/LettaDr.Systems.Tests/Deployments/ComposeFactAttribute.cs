namespace LettaDr.Systems.Tests;

/// <summary>A test that needs Docker Compose and every image of the stack; without them it is skipped by name.</summary>
public sealed class ComposeFactAttribute : FactAttribute
{
    public ComposeFactAttribute()
    {
        Skip = (ComposeStack.IsInstalled
            ? new DockerFactAttribute(TestImages.Postgres, TestImages.Redis, TestImages.Server).Skip
            : "NotRun: docker-compose is not installed.")!;
    }
}
