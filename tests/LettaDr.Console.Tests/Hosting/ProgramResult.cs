namespace LettaDr.Console.Tests;

/// <summary>How a run of the executable ended.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error);
