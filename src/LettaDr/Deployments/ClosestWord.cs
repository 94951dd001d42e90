namespace LettaDr;

/// <summary>Guesses which known word a mistyped one was to be.</summary>
internal static class ClosestWord
{
    /// <summary>The known word that the fewest changes of single letters make of another; null when it takes too many to be a slip.</summary>
    public static string? Of(string word, IEnumerable<string> known) => known
        .Select(candidate => (Word: candidate, Distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(pair => pair.Distance <= Math.Max(1, Math.Min(word.Length, pair.Word.Length) / 3))
        .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Word, StringComparer.Ordinal)
        .Select(pair => pair.Word).FirstOrDefault();

    // Levenshtein's distance, two letters exchanged counting as two.
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
