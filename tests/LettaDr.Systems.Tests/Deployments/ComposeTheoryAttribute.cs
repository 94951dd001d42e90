namespace LettaDr.Systems.Tests;

/// <summary>As <see cref="ComposeFactAttribute"/>, for a theory.</summary>
public sealed class ComposeTheoryAttribute : TheoryAttribute
{
    public ComposeTheoryAttribute()
    {
        Skip = new ComposeFactAttribute().Skip;
    }
}
