namespace LettaDr.Help;

/// <summary>A part of an example: prose, or a fenced block.</summary>
/// <param name="Prose">The prose; empty for a fenced block.</param>
/// <param name="Language">What stands behind the opening fence, e.g. <c>powershell</c>; null for prose.</param>
/// <param name="Code">The lines between the fences; empty for prose.</param>
/// <param name="Line">Line where the part begins, from 1.</param>
internal sealed record ExamplePart(IReadOnlyList<ProseBlock> Prose, string? Language, string Code, int Line)
{
    /// <summary>Whether this is what a user would type.</summary>
    public bool IsPowerShell => string.Equals(Language, "powershell", StringComparison.OrdinalIgnoreCase);
}
