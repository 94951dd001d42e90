namespace LettaDr.Help;

/// <summary>A page about a subject rather than a cmdlet: <c>about_*.md</c>.</summary>
/// <param name="Name">The topic, e.g. <c>about_LettaDr</c>.</param>
/// <param name="ShortDescription">One sentence; what <c>Get-Help about_*</c> lists.</param>
/// <param name="Sections">The other sections, in their order.</param>
internal sealed record AboutTopic(string Name, string ShortDescription, IReadOnlyList<AboutSection> Sections);
