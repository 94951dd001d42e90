namespace LettaDr.Module.Tests;

/// <summary>A sandbox that is backed up and restored in a moment.</summary>
public sealed class SmallSandbox() : Sandbox(agents: 5, messages: 500, passages: 50);
