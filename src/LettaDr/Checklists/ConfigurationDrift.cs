namespace LettaDr;

/// <summary>What has changed in a configuration since a set took it.</summary>
/// <param name="Set">The set.</param>
/// <param name="Changes">What differs, by name.</param>
/// <param name="Since">When the first of it changed, as far as anybody can say, else when the set was taken; null when nothing did.</param>
/// <param name="JudgedByTime">Number of files that the set holds so that they can be told from those now only by when they were written.</param>
internal sealed record ConfigurationDrift(Backup Set, IReadOnlyList<string> Changes, DateTimeOffset? Since, int JudgedByTime)
{
    /// <param name="set">The set.</param>
    /// <param name="live">The configuration as it is now.</param>
    /// <param name="differences">What a comparison found, the set on the left.</param>
    public static ConfigurationDrift Of(Backup set, ConfigurationSide live, IEnumerable<ConfigurationDifference> differences)
    {
        var taken = set.Manifest!.Configuration!.SnapshotTime;
        var (changes, since, byTime) = (new List<string>(), new List<DateTimeOffset>(), 0);
        foreach (var difference in differences.Where(difference => difference.State != ConfigurationState.Equal))
        {
            var written = WrittenAt(difference, live);
            if (difference.State == ConfigurationState.NotCompared)
            {
                if (difference.Kind != ConfigurationItemKind.File)
                {
                    continue;
                }

                byTime++;
                if (written is null || written <= taken)
                {
                    continue;
                }
            }

            // A file may keep an old time when it is put in another's place: then it has changed at any time since.
            changes.Add(difference.Item);
            since.Add(written > taken ? written.Value : taken);
        }

        return new ConfigurationDrift(set, changes, since.Count == 0 ? null : since.Min(), byTime);
    }

    private static DateTimeOffset? WrittenAt(ConfigurationDifference difference, ConfigurationSide live) => live.Items
        .Where(pair => pair.Key.Kind == ConfigurationItemKind.File
            && (difference.Item == pair.Key.Scope || difference.Item.StartsWith(pair.Key.Scope + ": ", StringComparison.Ordinal)))
        .Select(pair => pair.Value.WrittenAt).FirstOrDefault();
}
