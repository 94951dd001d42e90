using System.Globalization;

namespace LettaDr.Benchmarks;

/// <summary>Collects what was measured and prints it.</summary>
internal sealed class Report
{
    private readonly List<Measurement> _measurements = [];
    private readonly List<Figure> _figures = [];
    private readonly List<string> _notes = [];

    public void Add(Measurement measurement) => _measurements.Add(measurement);

    public void Add(Figure figure) => _figures.Add(figure);

    public void Note(string text) => _notes.Add(text);

    /// <summary>Tells what is being done, as it happens; not part of the result.</summary>
    public static void Tell(string text) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss}  load {Load()}  {text}"));

    /// <summary>Prints table, notes and figures.</summary>
    /// <returns>Whether every figure meets its limit.</returns>
    public bool Print(TextWriter output)
    {
        string[] header = ["what", "seconds", "ratio", "size", "peak memory", "rounds"];
        string[][] lines = [header, .. _measurements.Select(Line)];
        var widths = Enumerable.Range(0, header.Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
        {
            var cells = line.Select((cell, column) => column is 0 or 5 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }

        output.WriteLine();
        _notes.ForEach(output.WriteLine);
        output.WriteLine();
        _figures.ForEach(output.WriteLine);
        var missed = _figures.Count(figure => !figure.IsMet);
        output.WriteLine();
        output.WriteLine($"{_figures.Count - missed} of {_figures.Count} figures within their limits");
        return missed == 0 && _figures.Count > 0;
    }

    /// <summary>Processes that ran or waited for a disk on average in the last minute; other work than ours makes figures worthless.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string[] Line(Measurement measurement) =>
    [
        measurement.What,
        measurement.Best.ToString("0.00", CultureInfo.InvariantCulture),
        measurement.Ratio.ToString("0.00", CultureInfo.InvariantCulture),
        measurement.Size is { } size ? Megabytes(size) : string.Empty,
        measurement.PeakBytes is { } peak ? Megabytes(peak) : string.Empty,
        string.Join(' ', measurement.Seconds.Select(seconds => seconds.ToString("0.00", CultureInfo.InvariantCulture))),
    ];

    public static string Megabytes(long bytes) => (bytes / 1e6).ToString("0", CultureInfo.InvariantCulture) + " MB";
}
