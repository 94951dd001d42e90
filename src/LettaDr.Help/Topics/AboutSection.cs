namespace LettaDr.Help;

/// <summary>A section of an about topic.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Text">The text before its first subsection.</param>
/// <param name="Subsections">Its subsections.</param>
internal sealed record AboutSection(
    string Title, IReadOnlyList<ProseBlock> Text, IReadOnlyList<AboutSection> Subsections);
