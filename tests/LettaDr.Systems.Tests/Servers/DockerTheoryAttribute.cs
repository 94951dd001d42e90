namespace LettaDr.Systems.Tests;

/// <summary>As <see cref="DockerFactAttribute"/>, for a test with cases.</summary>
public sealed class DockerTheoryAttribute : TheoryAttribute
{
    public DockerTheoryAttribute(params string[] images) => Skip = new DockerFactAttribute(images).Skip;
}
