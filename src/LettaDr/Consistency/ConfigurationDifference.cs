namespace LettaDr;

/// <summary>One item in which two configurations differ, or with <c>-IncludeEqual</c> agree. No value of a secret is in it.</summary>
public sealed record ConfigurationDifference
{
    /// <summary>What it is, e.g. <c>letta_server: LETTA_DEBUG</c>, <c>.env: LETTA_MODEL</c> or <c>nginx.conf</c>.</summary>
    public required string Item { get; init; }

    /// <summary>Its kind.</summary>
    public required ConfigurationItemKind Kind { get; init; }

    /// <summary>How the sides stand to each other.</summary>
    public required ConfigurationState State { get; init; }

    /// <summary>
    /// The left side's value; null when it has none. A secret, and the content of a file, is shown as <c>hmac:</c> and twelve
    /// hexadecimal digits: HMAC-SHA256 with a random key that is thrown away with the comparison. Within one comparison
    /// equal is equal; nothing can be looked up by it.
    /// </summary>
    public string? Left { get; init; }

    /// <summary>The right side's value, in the same form.</summary>
    public string? Right { get; init; }

    /// <summary>Where the left side's value comes from, e.g. a deployment, a set or a container.</summary>
    public required string LeftSource { get; init; }

    /// <summary>Where the right side's value comes from.</summary>
    public required string RightSource { get; init; }

    /// <summary>What else is to be known, e.g. the first line that differs, or why it was not compared; null when nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The difference in one sentence.</summary>
    public override string ToString() => State switch
    {
        ConfigurationState.Equal => $"{Item} is equal",
        ConfigurationState.NotCompared => $"{Item} was not compared: {Note}",
        ConfigurationState.OnlyLeft => $"{Item} is only in {LeftSource}",
        ConfigurationState.OnlyRight => $"{Item} is only in {RightSource}",
        _ => $"{Item} is {Left} in {LeftSource} and {Right} in {RightSource}",
    };
}
