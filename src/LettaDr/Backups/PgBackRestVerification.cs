using System.Text.RegularExpressions;

namespace LettaDr;

/// <summary>Reads what <c>pgbackrest verify --output=text</c> writes. Its exit code is 0 whatever it finds.</summary>
internal static partial class PgBackRestVerification
{
    /// <summary>What is wrong, a sentence each, as far as a backup and those that it needs are concerned; empty when nothing is.</summary>
    /// <param name="output">What it wrote.</param>
    /// <param name="label">The backup that must have been looked at.</param>
    /// <param name="references">Those that a restore of it needs as well.</param>
    public static IReadOnlyList<string> Problems(string output, string label, IReadOnlyCollection<string> references)
    {
        var problems = new List<string>();
        var lines = output.Split('\n');
        var (seen, others) = (false, false);
        for (var index = 0; index < lines.Length; index++)
        {
            var counts = index + 1 < lines.Length ? string.Join(", ", FaultCount().Matches(lines[index + 1]).Select(match => match.Value)) : string.Empty;
            if (BackupLine().Match(lines[index]) is { Success: true } backup)
            {
                var (name, status, files) = (backup.Groups[1].Value, backup.Groups[2].Value, backup.Groups[3].Value);
                var concerned = name == label || references.Contains(name);
                seen |= name == label;
                others |= !concerned && status != "valid";
                if (concerned && status != "valid")
                {
                    problems.Add($"Backup {name} is {status} ({files}{(counts.Length > 0 ? $"; {counts}" : string.Empty)}).");
                }
            }
            else if (ArchiveLine().Match(lines[index]) is { Success: true } archive && (counts.Length > 0 || archive.Groups[2].Value != archive.Groups[3].Value))
            {
                problems.Add($"Of {archive.Groups[2].Value} segments archived as {archive.Groups[1].Value}, {archive.Groups[3].Value} are valid ({counts}).");
            }
            else if (OtherFault().IsMatch(lines[index]))
            {
                problems.Add(lines[index].Trim().TrimEnd('.') + ".");
            }
        }

        if (!seen)
        {
            problems.Add($"pgbackrest verify did not look at backup {label}.");
        }
        else if (problems.Count == 0 && !others && !lines.Any(line => line.Trim() == "status: ok"))
        {
            problems.Add($"pgbackrest verify says: {string.Join("; ", lines.Select(line => line.Trim()).Where(line => line.StartsWith("status:", StringComparison.Ordinal)))}.");
        }

        return problems;
    }

    [GeneratedRegex(@"^\s*backup: (\S+), status: ([^,]+)(?:, (total files .*?))?\s*$")]
    private static partial Regex BackupLine();

    [GeneratedRegex(@"^\s*archiveId: (\S+), total WAL checked: (\d+), total valid WAL: (\d+)")]
    private static partial Regex ArchiveLine();

    [GeneratedRegex(@"(?:missing|checksum invalid|size invalid|other): [1-9]\d*")]
    private static partial Regex FaultCount();

    [GeneratedRegex(@"ERROR|none found|no archives or backups|is not valid")]
    private static partial Regex OtherFault();
}
