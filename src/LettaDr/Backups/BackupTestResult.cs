namespace LettaDr;

/// <summary>A check of a set, and whether it was asked for.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="Asked">Whether the set has what is checked, and the user wanted it checked: only then not having passed counts.</param>
internal sealed record BackupTestResult(CheckResult Result, bool Asked);
