using System.Text.Json;

namespace LettaDr.Systems;

/// <summary>Where the archives of a deployment's log are in a repository: <c>&lt;deployment&gt;/wal/&lt;system identifier&gt;/</c>.</summary>
internal static class WalArchiveFolder
{
    /// <summary>The folder inside an archive that pg_receivewal writes to, by timeline.</summary>
    public const string Receiving = "receiving";

    /// <summary>What an archive's log of events is called.</summary>
    public const string Events = "events.log";

    /// <summary>The folder of one cluster's archive, which need not exist.</summary>
    public static string Of(IBackupRepository repository, string deployment, string systemIdentifier) =>
        Path.Combine(Root(repository.Location, deployment), systemIdentifier);

    /// <summary>The system identifiers of the clusters that have an archive, the one last written to first.</summary>
    public static IReadOnlyList<string> List(IBackupRepository repository, string deployment)
    {
        var root = Root(repository.Location, deployment);
        return Directory.Exists(root)
            ? [.. Directory.EnumerateDirectories(root).Where(path => Path.GetFileName(path).All(char.IsAsciiDigit))
                .OrderByDescending(path => Settings(path)?.StartedAt ?? DateTimeOffset.MinValue).Select(path => Path.GetFileName(path))]
            : [];
    }

    /// <summary>The deployments that have an archive.</summary>
    public static IReadOnlyList<string> Deployments(IBackupRepository repository) => Directory.Exists(repository.Location)
        ? [.. Directory.EnumerateDirectories(repository.Location).Where(path => Directory.Exists(Path.Combine(path, "wal")))
            .Select(path => RepositoryName.Decode(Path.GetFileName(path))).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>What an archive says of itself; null when it has nothing that can be read.</summary>
    public static WalArchiveSettings? Settings(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, WalArchiveSettings.FileName)), LettaDrJson.Default.WalArchiveSettings);
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Root(string location, string deployment) => Path.Combine(location, RepositoryName.Encode(deployment), "wal");
}
