namespace LettaDr.Module.Tests;

/// <summary>A question that the host was asked.</summary>
internal sealed record Prompt(string Caption, string Message, IReadOnlyList<string> Choices);
