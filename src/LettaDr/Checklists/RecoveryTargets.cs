namespace LettaDr;

/// <summary>The recovery objectives: the most that each may be. What is not given is as LettaDr's guide has it.</summary>
public sealed record RecoveryTargets
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    /// <summary>The time until the database is restored and live; 2 hours.</summary>
    public TimeSpan DatabaseRto { get; init; } = TimeSpan.FromHours(2);

    /// <summary>The time until the Letta server runs again; 30 minutes.</summary>
    public TimeSpan ServerRto { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The time until Redis serves again; 15 minutes.</summary>
    public TimeSpan CacheRto { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The time until everything is restored and validated; 4 hours.</summary>
    public TimeSpan SystemRto { get; init; } = TimeSpan.FromHours(4);

    /// <summary>The work in the database that may be lost; 15 minutes.</summary>
    public TimeSpan DatabaseRpo { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The messages on their way through Redis that may be lost; 5 minutes.</summary>
    public TimeSpan MessageQueueRpo { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a change of the configuration may be without a copy; 1 hour.</summary>
    public TimeSpan ConfigurationRpo { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The work that may be lost when everything is; 15 minutes.</summary>
    public TimeSpan SystemRpo { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the measured recovery time of a component counts; 31 days, for the guide wants each component tested monthly.</summary>
    public TimeSpan ComponentTestedWithin { get; init; } = TimeSpan.FromDays(31);

    /// <summary>How long the measured recovery time of the whole system counts; 92 days, for the guide wants it tested quarterly.</summary>
    public TimeSpan SystemTestedWithin { get; init; } = TimeSpan.FromDays(92);

    /// <summary>One of them.</summary>
    internal TimeSpan Of(RecoveryComponent component, RecoveryObjectiveKind kind) => (component, kind) switch
    {
        (RecoveryComponent.Database, RecoveryObjectiveKind.RTO) => DatabaseRto,
        (RecoveryComponent.Server, RecoveryObjectiveKind.RTO) => ServerRto,
        (RecoveryComponent.Cache, RecoveryObjectiveKind.RTO) => CacheRto,
        (RecoveryComponent.System, RecoveryObjectiveKind.RTO) => SystemRto,
        (RecoveryComponent.Database, RecoveryObjectiveKind.RPO) => DatabaseRpo,
        (RecoveryComponent.MessageQueue, RecoveryObjectiveKind.RPO) => MessageQueueRpo,
        (RecoveryComponent.Configuration, RecoveryObjectiveKind.RPO) => ConfigurationRpo,
        (RecoveryComponent.System, RecoveryObjectiveKind.RPO) => SystemRpo,
        _ => throw new ArgumentOutOfRangeException(nameof(component)),
    };

    /// <summary>How long a measured recovery time counts.</summary>
    internal TimeSpan TestedWithin(RecoveryComponent component) => component == RecoveryComponent.System ? SystemTestedWithin : ComponentTestedWithin;

    /// <exception cref="LettaDrException">One is no time, or a number that PowerShell took for ticks.</exception>
    internal void Check()
    {
        foreach (var (name, time) in new[]
        {
            (nameof(DatabaseRto), DatabaseRto), (nameof(ServerRto), ServerRto), (nameof(CacheRto), CacheRto), (nameof(SystemRto), SystemRto),
            (nameof(DatabaseRpo), DatabaseRpo), (nameof(MessageQueueRpo), MessageQueueRpo), (nameof(ConfigurationRpo), ConfigurationRpo),
            (nameof(SystemRpo), SystemRpo), (nameof(ComponentTestedWithin), ComponentTestedWithin), (nameof(SystemTestedWithin), SystemTestedWithin),
        })
        {
            if (time < Least)
            {
                throw new LettaDrException(
                    "ObjectiveTooShort", FaultKind.InvalidArgument, $"The objective {name} is {time.Ticks} ticks of 100 nanoseconds, which nothing can meet.",
                    "Write it with its unit, e.g. '00:15:00' for 15 minutes; a bare number is taken for ticks.", name);
            }
        }
    }
}
