namespace LettaDr.Systems;

/// <summary>How long and how often delivery of an alert is tried.</summary>
internal sealed record AlertLimits
{
    /// <summary>The limits where nobody sets others.</summary>
    public static AlertLimits Default { get; } = new();

    /// <summary>How often in all.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait before the second attempt; each further wait is twice the one before.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait; an endpoint that wants more is given up.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Waits.</summary>
    public Func<TimeSpan, CancellationToken, Task> WaitAsync { get; init; } = Task.Delay;
}
