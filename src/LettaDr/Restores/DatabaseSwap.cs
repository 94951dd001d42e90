namespace LettaDr;

/// <summary>One database taking another's place.</summary>
/// <param name="Live">The name that applications connect to.</param>
/// <param name="LiveExists">Whether a database bears it now.</param>
/// <param name="SetAside">The name that the live database gets.</param>
/// <param name="SetAsideMark">The note that the live database gets.</param>
/// <param name="Replacement">The database that takes its place.</param>
/// <param name="ReplacementComment">The replacement's comment from then on.</param>
/// <param name="DisconnectSessions">Whether sessions on the live database are ended; else the swap fails while there are any.</param>
internal sealed record DatabaseSwap(
    string Live, bool LiveExists, string SetAside, DatabaseMark SetAsideMark, string Replacement, string? ReplacementComment,
    bool DisconnectSessions);
