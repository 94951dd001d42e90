namespace LettaDr;

/// <summary>How often each kind of recovery test is due. What is not given is as LettaDr's guide has it.</summary>
public sealed record DrTestFrequencies
{
    /// <summary>Restoration of everything; a quarter, 92 days.</summary>
    public TimeSpan FullRestore { get; init; } = TimeSpan.FromDays(92);

    /// <summary>Failure of a component, partition of the network, corruption of data: each a month, 31 days.</summary>
    public TimeSpan Component { get; init; } = TimeSpan.FromDays(31);

    /// <summary>Failover of the database; two weeks.</summary>
    public TimeSpan Failover { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Proof of a set by a restore; a week.</summary>
    public TimeSpan BackupValidation { get; init; } = TimeSpan.FromDays(7);

    /// <summary>One scenario's.</summary>
    internal TimeSpan Of(DrTestScenario scenario) => scenario switch
    {
        DrTestScenario.FullRestore => FullRestore,
        DrTestScenario.DatabaseFailover => Failover,
        _ => Component,
    };
}
