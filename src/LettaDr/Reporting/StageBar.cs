namespace LettaDr;

/// <summary>A stage of an operation.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Start">When it began, from the operation's first step on.</param>
/// <param name="Duration">How long it took; null where it did not end.</param>
/// <param name="Outcome">How it ended; null where it did not.</param>
internal sealed record StageBar(string Name, TimeSpan Start, TimeSpan? Duration, Outcome? Outcome);
