namespace LettaDr.Systems;

/// <summary>How a run of git ended.</summary>
/// <param name="ExitCode">Its exit code; 0 is success.</param>
/// <param name="Output">What it wrote, unless that went to a stream.</param>
/// <param name="Error">What it said.</param>
internal sealed record GitResult(long ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The first lines of what it said, on one.</summary>
    public string Said => string.Join("; ", (Error + "\n" + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(2));
}
