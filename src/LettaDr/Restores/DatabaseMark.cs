using System.Text.Json;

namespace LettaDr;

/// <summary>
/// What LettaDr notes in the comment of a database that it made or set aside, so that the server itself remembers after every
/// process and file of ours is lost.
/// </summary>
/// <param name="State"><c>restoring</c>, <c>unverified</c>, <c>previous</c> or <c>undone</c>.</param>
/// <param name="Target">The database that it was made for, or that took its place.</param>
/// <param name="BackupId">The set concerned.</param>
/// <param name="At">When the state was entered.</param>
/// <param name="Comment">The database's own comment, to be put back.</param>
internal sealed record DatabaseMark(string State, string Target, string BackupId, DateTimeOffset At, string? Comment)
{
    public const string Restoring = "restoring";
    public const string Unverified = "unverified";
    public const string Previous = "previous";
    public const string Undone = "undone";

    private const string Prefix = "LettaDr ";

    public string Write() => Prefix + JsonSerializer.Serialize(this, LettaDrJson.Default.DatabaseMark);

    /// <summary>Null for a comment that is not ours.</summary>
    public static DatabaseMark? Read(string? comment)
    {
        if (comment?.StartsWith(Prefix, StringComparison.Ordinal) != true)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(comment[Prefix.Length..], LettaDrJson.Default.DatabaseMark);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A name beside <paramref name="target"/> that the server keeps whole.</summary>
    public static string NameBeside(string target, string state, string operationId)
    {
        var suffix = $"__{state}_{operationId}";
        while (System.Text.Encoding.UTF8.GetByteCount(target) + suffix.Length > PostgresName.MaxBytes)
        {
            target = target[..^(char.IsSurrogate(target[^1]) ? 2 : 1)];
        }

        return target + suffix;
    }
}
