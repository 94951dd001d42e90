namespace LettaDr.Help.Sample;

/// <summary>A widget.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">Its number.</param>
public sealed record Widget(string Name, int Number);
