namespace LettaDr;

/// <summary>A time that a recovery test measured.</summary>
/// <param name="Component">Of what.</param>
/// <param name="Kind">The time of the recovery, or the work lost by it.</param>
/// <param name="Actual">What was measured.</param>
/// <param name="Target">The most that it may be.</param>
public sealed record DrTestMeasurement(RecoveryComponent Component, RecoveryObjectiveKind Kind, TimeSpan Actual, TimeSpan Target)
{
    /// <summary>Whether the objective is met.</summary>
    public bool Met => Actual <= Target;
}
