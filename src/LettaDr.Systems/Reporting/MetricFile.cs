using System.Globalization;
using System.Text;

namespace LettaDr.Systems;

/// <summary>Writes metrics in Prometheus' text format, as the textfile collector of node_exporter reads it.</summary>
/// <remarks>Prometheus, "Exposition formats"; node_exporter, "Textfile collector".</remarks>
internal static class MetricFile
{
    /// <summary>Refuses what node_exporter would not read, or what could not be written anyway.</summary>
    /// <exception cref="LettaDrException">The name does not end in .prom, or its folder is not there.</exception>
    public static void Check(string path)
    {
        if (!path.EndsWith(".prom", StringComparison.Ordinal))
        {
            throw new LettaDrException(
                "MetricFileName", FaultKind.InvalidArgument, $"The name {Path.GetFileName(path)} does not end in .prom; node_exporter reads no other files.",
                "Give a path such as /var/lib/prometheus/node-exporter/lettadr.prom.", path);
        }

        ExportFaults.Check(path, overwrite: true);
    }

    /// <summary>Puts the file in the place of the one before, for everybody to read.</summary>
    /// <exception cref="LettaDrException">It cannot be written.</exception>
    public static void Write(IReadOnlyList<MetricFamily> families, string path)
    {
        Check(path);
        var text = Encoding.UTF8.GetBytes(Render(families));
        try
        {
            DurableFiles.WriteAtomically(path, file => file.Write(text), overwrite: true, forEveryone: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ExportFaults.NotWritten(path, overwrite: true, failure);
        }
    }

    public static string Render(IReadOnlyList<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escape(family.Help)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(" gauge\n");
            foreach (var sample in family.Samples)
            {
                text.Append(family.Name);
                if (sample.Labels.Count > 0)
                {
                    text.Append('{').AppendJoin(',', sample.Labels.Select(label => $"{label.Name}=\"{Escape(label.Value).Replace("\"", "\\\"", StringComparison.Ordinal)}\"")).Append('}');
                }

                text.Append(' ').Append(sample.Value.ToString("0.###", CultureInfo.InvariantCulture)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\r", string.Empty, StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
