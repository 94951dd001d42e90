using System.Globalization;
using System.Text.RegularExpressions;

namespace LettaDr.Systems;

/// <summary>Turns what Compose writes when it fails into one sentence with a remedy.</summary>
internal sealed partial class ComposeFaults(ComposeTool tool, DockerEngine engine)
{
    /// <summary>Why <c>up</c> failed.</summary>
    /// <param name="lines">What the tool wrote.</param>
    /// <param name="missing">Images that the engine did not have before.</param>
    /// <param name="cancellationToken">Stops the looking for who holds a port.</param>
    public async Task<LettaDrException> UpAsync(IReadOnlyList<string> lines, IReadOnlyList<string> missing, CancellationToken cancellationToken)
    {
        if (lines.Select(line => PortTaken().Match(line)).FirstOrDefault(match => match.Success) is { } taken)
        {
            var port = int.Parse(taken.Groups["port"].Value, CultureInfo.InvariantCulture);
            var holder = await PortHolder.FindAsync(engine, port, cancellationToken).ConfigureAwait(false);
            return new LettaDrException(
                "PortTaken", FaultKind.Busy, $"The port {port} of this machine is taken{(holder is null ? string.Empty : $" by {holder}")}: {Said(lines)}",
                "Stop what listens there, or publish another port in the Compose file.", port);
        }

        var absent = new List<string>();
        foreach (var image in missing)
        {
            if (!await engine.Containers.ImageExistsAsync(image, cancellationToken).ConfigureAwait(false))
            {
                absent.Add(image);
            }
        }

        return absent.Count == 0
            ? Other("up", lines)
            : new LettaDrException(
                "ImageNotAvailable", FaultKind.NotFound, $"The image {string.Join(", ", absent)} is not on this machine and cannot be pulled: {Said(lines)}",
                "Load it from your mirror ('docker load', 'docker pull'); a set made with -IncludeImages would have saved it.", absent[0]);
    }

    /// <summary>Any other failure, in the tool's own words.</summary>
    public LettaDrException Other(string command, IReadOnlyList<string> lines) => new(
        "ComposeFailed", FaultKind.OperationFailed, $"'{tool.Name} {command}' failed: {Said(lines)}",
        $"Run it by hand in the project's folder; 'docker ps -a' shows what was started.", tool.Name);

    /// <summary>The line that tells most: the last one with an error in it that is more than a heading or a tally.</summary>
    private static string Said(IReadOnlyList<string> lines)
    {
        var telling = lines.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase) && line.Contains(": ", StringComparison.Ordinal)
            && !line.Contains("Encountered errors while", StringComparison.Ordinal));
        var line = telling.LastOrDefault() ?? (lines.Count == 0 ? "it said nothing" : lines[^1]);
        return SecretRedaction.Apply(Prefix().Replace(line.Trim(), string.Empty)).TrimEnd('.') + ".";
    }

    [GeneratedRegex(@"^(?:ERROR|Error): (?:for \S+ +)?")]
    private static partial Regex Prefix();

    // "Bind for 0.0.0.0:80 failed: port is already allocated"; "listen tcp4 127.0.0.1:80: bind: address already in use";
    // since 28 "failed to bind host port for 0.0.0.0:80:172.18.0.2:80/tcp: address already in use" and "bind host port 127.0.0.1:80/tcp: …".
    [GeneratedRegex(@"(?:Bind for|listen (?:tcp|udp)\d?|bind host port(?: for)?) (?:[\d.]+|\[?[0-9a-fA-F:]*\]?):(?<port>\d+)\b.*(?:already allocated|already in use)")]
    private static partial Regex PortTaken();
}
