namespace LettaDr;

/// <summary>The sets of one period.</summary>
/// <param name="From">Its first day (UTC).</param>
/// <param name="Proven">Complete, and a restore has proven them.</param>
/// <param name="Unproven">Complete, and no restore has been tried that passed or failed.</param>
/// <param name="Unusable">Incomplete or damaged, or a restore of them failed.</param>
internal readonly record struct BackupPeriod(DateOnly From, int Proven, int Unproven, int Unusable)
{
    public int Total => Proven + Unproven + Unusable;

    public BackupPeriod With(BackupPeriod more) =>
        this with { Proven = Proven + more.Proven, Unproven = Unproven + more.Unproven, Unusable = Unusable + more.Unusable };
}
