using System.Text.Json;

namespace LettaDr;

/// <summary>
/// What maintenance has to put back, written down before anything is changed: in a file of this machine, and in the database's
/// comment, which outlives the machine and follows the database's name through a restore.
/// </summary>
internal sealed record MaintenanceNote
{
    private const string Prefix = "LettaDr maintenance ";

    public required string Deployment { get; init; }

    public required DateTimeOffset Since { get; init; }

    public string? Reason { get; init; }

    /// <summary>The machine that entered it.</summary>
    public required string Machine { get; init; }

    /// <summary>Containers that ran and are to run again.</summary>
    public IReadOnlyList<StoppedContainer> Containers { get; init; } = [];

    /// <summary>Whether the database took connections before; null when its server could not be asked.</summary>
    public bool? AllowedConnections { get; init; }

    /// <summary>The database's own comment.</summary>
    public string? Comment { get; init; }

    /// <summary>As a database's comment.</summary>
    public string Write() => Prefix + JsonSerializer.Serialize(this, LettaDrJson.Default.MaintenanceNote);

    /// <summary>Null for a comment that is no such note.</summary>
    public static MaintenanceNote? Read(string? comment)
    {
        if (comment?.StartsWith(Prefix, StringComparison.Ordinal) != true)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(comment[Prefix.Length..], LettaDrJson.Default.MaintenanceNote);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A database's own comment, whether a note stands in its place or not.</summary>
    public static string? OwnComment(string? comment) => Read(comment) is { } note ? note.Comment : comment;
}
