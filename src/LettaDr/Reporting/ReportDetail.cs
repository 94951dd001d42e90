namespace LettaDr;

/// <summary>A record told at length.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Outcome">How it ended; null where it has not.</param>
/// <param name="Parts">Its parts in their order.</param>
internal sealed record ReportDetail(string Title, Outcome? Outcome, IReadOnlyList<ReportPart> Parts);
