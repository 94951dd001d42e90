using System.Runtime.CompilerServices;

namespace LettaDr.Systems.Tests;

/// <summary>The facts of Letta's real schema, as they were read from a server that its own migrations had made.</summary>
internal static class LettaFacts
{
    /// <summary>The lines of one of the files beside this one, without the heading.</summary>
    public static string[] Read(string name, [CallerFilePath] string here = "") =>
        [.. File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, "letta", name + ".tsv")).Skip(1)];
}
