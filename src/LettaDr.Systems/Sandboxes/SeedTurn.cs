namespace LettaDr.Systems;

/// <summary>One turn of a conversation: what its ten messages share. Agrees with runs and steps of letta-seed.sql.</summary>
internal sealed class SeedTurn
{
    private readonly string _firstStep;
    private readonly string _secondStep;
    private readonly string _callStem;
    private readonly bool _opens;

    internal SeedTurn(LettaSeedSize size, int run)
    {
        var agent = 1 + ((run - 1) % size.Agents);
        var lap = (run - 1) / size.Agents;
        _opens = lap == 0;
        FirstMessage = ((run - 1L) * LettaSeedSize.MessagesPerRun) + 1;
        StartedAt = SeedIdentity.At(run);
        Run = SeedIdentity.Id(size.Seed, "run", run);
        Agent = SeedIdentity.Id(size.Seed, "agent", agent);
        Owner = SeedIdentity.Owner(size.Seed, agent);
        Organization = SeedIdentity.Organization(size.Seed, agent);
        Conversation = lap % 3 == 0 ? null : SeedIdentity.Id(size.Seed, "conv", (2L * agent) - 2 + (lap % 3));
        _firstStep = SeedIdentity.Id(size.Seed, "step", (2L * run) - 1);
        _secondStep = SeedIdentity.Id(size.Seed, "step", 2L * run);
        _callStem = "call_" + Run[^12..];
    }

    internal long FirstMessage { get; }

    internal DateTime StartedAt { get; }

    internal string Run { get; }

    internal string Agent { get; }

    internal string Owner { get; }

    internal string Organization { get; }

    internal string? Conversation { get; }

    /// <summary>An agent's first turn opens with its system message; every other with its user's.</summary>
    internal string Role(int place) => place switch
    {
        0 when _opens => "system",
        0 or 6 => "user",
        2 or 4 or 8 => "tool",
        _ => "assistant",
    };

    /// <summary>The call that an assistant's message makes and the tool's message after it answers; null for the others.</summary>
    internal string? CallId(int place) => place is 1 or 2 or 3 or 4 or 7 or 8 ? $"{_callStem}{(place - 1) / 2}" : null;

    internal string? Step(int place) => place switch
    {
        0 => null,
        < 5 => _firstStep,
        _ => _secondStep,
    };
}
