using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Reads what pg_controldata prints.</summary>
internal static class ControlData
{
    /// <summary>The value of a line.</summary>
    /// <exception cref="LettaDrException">There is none of that name.</exception>
    public static string Value(string printed, string name) => Find(printed, name) ?? throw new LettaDrException(
        "ControlDataUnreadable", FaultKind.DataCorrupt, $"pg_controldata says nothing of '{name}'.",
        "See that the container's image is that of a PostgreSQL server.");

    /// <summary>The value of a line; null when there is none of that name.</summary>
    public static string? Find(string printed, string name) => printed.Split('\n')
        .Where(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Select(line => line[(name.Length + 1)..].Trim()).FirstOrDefault();

    /// <summary>Bytes of each segment of the log.</summary>
    public static int SegmentSize(string printed) => int.Parse(Value(printed, "Bytes per WAL segment"), CultureInfo.InvariantCulture);

    /// <summary>A setting that a standby must have as large.</summary>
    public static int? Setting(string printed, string name) =>
        int.TryParse(Find(printed, name + " setting"), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
