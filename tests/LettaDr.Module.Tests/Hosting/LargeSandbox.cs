namespace LettaDr.Module.Tests;

/// <summary>A sandbox whose backup and restore take long enough to be met in the middle.</summary>
public sealed class LargeSandbox() : Sandbox(agents: 20, messages: 60_000, passages: 4_000);
