namespace LettaDr;

/// <summary>How stakeholders are told of a disaster.</summary>
public sealed record DrCommunication
{
    /// <summary>Who is to be told, e.g. <c>customers</c>, <c>management</c>.</summary>
    public IReadOnlyList<string> Stakeholders { get; init; } = [];

    /// <summary>By which ways, e.g. addresses of a status page or a mailing list.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Who speaks: the name of a <see cref="DrContact"/>.</summary>
    public string? Owner { get; init; }

    /// <summary>When it was last reviewed; null when never.</summary>
    public DateOnly? ReviewedOn { get; init; }
}
