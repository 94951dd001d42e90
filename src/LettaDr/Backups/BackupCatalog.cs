namespace LettaDr;

/// <summary>Finds sets in a repository.</summary>
internal sealed class BackupCatalog(IBackupRepository repository)
{
    /// <summary>The word that stands for a deployment's newest complete set.</summary>
    public const string Latest = "latest";

    /// <summary>Sets, the newest first.</summary>
    public IReadOnlyList<Backup> List(string? deployment, bool includeIncomplete) =>
        [.. repository.List(deployment, includeIncomplete)
            .OrderByDescending(backup => backup.SnapshotTime)
            .ThenByDescending(backup => backup.Id, StringComparer.Ordinal)];

    /// <summary>The set that a text names: an id, the path of a set, or <c>latest</c> of a deployment: the newest that holds all of <paramref name="needed"/>.</summary>
    /// <exception cref="LettaDrException">There is no such set.</exception>
    public Backup Resolve(string text, string? deployment, BackupParts needed = BackupParts.None)
    {
        if (text.Equals(Latest, StringComparison.OrdinalIgnoreCase))
        {
            return List(deployment, includeIncomplete: false).FirstOrDefault(backup => backup.State == BackupState.Complete && backup.Parts.HasFlag(needed))
                ?? throw NotFound($"any set{(deployment is null ? string.Empty : $" of {deployment}")}{(needed == BackupParts.None ? string.Empty : $" with the part {needed}")}");
        }

        var wanted = Path.GetFileName(text.TrimEnd('/', '\\'));
        return List(null, includeIncomplete: false).FirstOrDefault(backup => backup.Id == wanted) ?? throw NotFound($"a set {wanted}");
    }

    private LettaDrException NotFound(string what) => new(
        "BackupNotFound", FaultKind.NotFound, $"The repository {repository.Location} does not hold {what}.",
        "Get-LettaBackup lists what it holds; Get-LettaBackup -Incomplete also what was not finished.", repository.Location);
}
