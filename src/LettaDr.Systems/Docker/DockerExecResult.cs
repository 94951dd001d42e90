namespace LettaDr.Systems;

/// <summary>How a program run in a container ended.</summary>
/// <param name="ExitCode">Its exit code; 0 is success.</param>
/// <param name="StandardError">The last 64 KB of what it wrote to standard error.</param>
internal sealed record DockerExecResult(long ExitCode, string StandardError);
