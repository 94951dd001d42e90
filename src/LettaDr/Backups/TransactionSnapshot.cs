using System.Globalization;

namespace LettaDr;

/// <summary>Which transactions a snapshot sees, as PostgreSQL writes it: <c>xmin:xmax:xip</c>.</summary>
/// <remarks>PostgreSQL manual, section 9.28.7 (transaction ID and snapshot information functions).</remarks>
internal sealed class TransactionSnapshot
{
    private readonly uint _firstRunning;
    private readonly uint _firstUnseen;
    private readonly HashSet<uint> _running;

    private TransactionSnapshot(uint firstRunning, uint firstUnseen, HashSet<uint> running) =>
        (_firstRunning, _firstUnseen, _running) = (firstRunning, firstUnseen, running);

    /// <summary>Reads what <c>pg_current_snapshot()</c> returns.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TransactionSnapshot Parse(string text)
    {
        if (text.Split(':') is not [var first, var unseen, var running])
        {
            throw new FormatException($"'{text}' is no snapshot.");
        }

        return new TransactionSnapshot(Number(first), Number(unseen), [.. running.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Number)]);
    }

    /// <summary>Whether all snapshots from this one on see a transaction that has committed.</summary>
    public bool IsSettled(uint transaction) => Precedes(transaction, _firstRunning);

    /// <summary>Whether the snapshot sees a transaction that has committed.</summary>
    public bool Sees(uint transaction) => Precedes(transaction, _firstUnseen) && !_running.Contains(transaction);

    // The log has the lower half of the number only, which comes round; no two that live are further apart than half a round.
    private static bool Precedes(uint transaction, uint other) => unchecked((int)(transaction - other)) < 0;

    private static uint Number(string text) => unchecked((uint)ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
}
