using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LettaDr;

/// <summary>
/// A checklist's record as text: a line an entry, of its SHA-256 and its JSON. Each digest covers the one before it, so that a line that was
/// changed, removed or put in later does not fit.
/// </summary>
internal sealed class DrChecklistChain
{
    private const int DigestLength = 64;
    private static readonly string Origin = new('0', DigestLength);
    private readonly string _deployment;
    private readonly List<DrChecklistEntry> _entries = [];
    private readonly List<string> _digests = [];

    /// <summary>The entries up to the first one that does not fit.</summary>
    public IReadOnlyList<DrChecklistEntry> Entries => _entries;

    /// <summary>The line, from 1, that does not fit; null when all do.</summary>
    public int? BrokenAt { get; private init; }

    /// <summary>The digest that covers everything up to an entry; that of none is all noughts.</summary>
    public string DigestOf(int count) => count == 0 ? Origin : _digests[count - 1];

    /// <summary>Reads a record. What follows the last line's end was never recorded: its writer died.</summary>
    /// <param name="text">The record.</param>
    /// <param name="deployment">The deployment that all of it has to be of: a record moved here from another proves nothing.</param>
    public static DrChecklistChain Read(string text, string deployment)
    {
        var chain = new DrChecklistChain(deployment);
        var lines = text.Split('\n')[..^1];
        for (var index = 0; index < lines.Length; index++)
        {
            if (!chain.TryAdd(lines[index]))
            {
                return new DrChecklistChain(chain) { BrokenAt = index + 1 };
            }
        }

        return chain;
    }

    private DrChecklistChain(string deployment) => _deployment = deployment;

    private DrChecklistChain(DrChecklistChain other) =>
        (_deployment, _entries, _digests) = (other._deployment, other._entries, other._digests);

    /// <summary>Adds an entry; its place is set here.</summary>
    /// <returns>The line that records it.</returns>
    public string Append(DrChecklistEntry entry)
    {
        var json = JsonSerializer.Serialize(entry with { Sequence = _entries.Count + 1 }, LettaDrLineJson.Default.DrChecklistEntry);
        var line = $"{Digest(DigestOf(_entries.Count), json)} {json}";
        return TryAdd(line) ? line + "\n" : throw new InvalidOperationException("An entry that was written cannot be read.");
    }

    private bool TryAdd(string line)
    {
        if (line.Length <= DigestLength || line[DigestLength] != ' ' || line[..DigestLength] != Digest(DigestOf(_entries.Count), line[(DigestLength + 1)..]))
        {
            return false;
        }

        try
        {
            if (JsonSerializer.Deserialize(line[(DigestLength + 1)..], LettaDrLineJson.Default.DrChecklistEntry) is not { } entry
                || entry.Sequence != _entries.Count + 1
                || !string.Equals(entry.Deployment, _deployment, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            _entries.Add(entry);
            _digests.Add(line[..DigestLength]);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Digest(string before, string json) => Hex.Lower(SHA256.HashData(Encoding.UTF8.GetBytes(before + " " + json)));
}
