namespace LettaDr.Systems;

/// <summary>Within what a process's number means something.</summary>
internal static class ProcessScope
{
    // Linux's PROC_PID_INIT_INO: the namespace of a machine's own processes.
    private const string OfMachine = "4026531836";

    /// <summary>
    /// What follows a process's number in a container with a namespace of its own: processes outside are not seen there, and must not be
    /// taken for dead, nor those in it from outside. Empty for a machine's own processes.
    /// </summary>
    public static string Suffix { get; } = SuffixOf(OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget : null);

    /// <summary>This machine's name, and in such a container its namespace too: it may bear its host's name.</summary>
    public static string Name { get; } = Environment.MachineName + Suffix;

    /// <param name="target">What <c>/proc/self/ns/pid</c> points to, e.g. <c>pid:[4026531836]</c>; null where there are no namespaces.</param>
    internal static string SuffixOf(string? target) =>
        target?.Split('[', ']') is [_, var number, _] && number != OfMachine ? "+" + number : string.Empty;
}
