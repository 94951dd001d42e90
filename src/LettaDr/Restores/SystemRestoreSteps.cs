namespace LettaDr;

/// <summary>The steps that restoring a set here takes, in their order.</summary>
internal static class SystemRestoreSteps
{
    /// <param name="backup">The set.</param>
    /// <param name="plan">Where it goes.</param>
    /// <param name="files">Files of the configuration that are written; null where the deployment's own are used.</param>
    /// <param name="missingImages">Images that the machine lacks.</param>
    /// <param name="hasCache">Whether the deployment has a Redis.</param>
    /// <param name="hasServer">Whether it has a Letta server.</param>
    public static IReadOnlyList<RestorePlanStep> For(
        Backup backup, RestorePlan plan, int? files, IReadOnlyList<string> missingImages, bool hasCache, bool hasServer)
    {
        var manifest = backup.Manifest!;
        var steps = new List<RestorePlanStep>();
        Add(true, RestoreStepKind.VerifySet, $"see that all {manifest.Files.Count} files of {backup.Id} are there and whole");
        Add(missingImages.Count > 0, RestoreStepKind.LoadImages, Images(manifest, missingImages));
        Add(files is not null, RestoreStepKind.RestoreConfiguration, $"write {files} files to {plan.Destination}");
        Add(true, RestoreStepKind.EnterMaintenance, "stop the Letta server and refuse connections, where there are any");
        Add(true, RestoreStepKind.StartInfrastructure, "bring up database and cache, wait until they are healthy");
        Add(true, RestoreStepKind.RestoreDatabase, $"restore {manifest.Database!.Name} ({manifest.Database.Tables} tables, {manifest.Database.Rows} rows) beside the live one, compare every row, swap");
        Add(hasCache && manifest.Cache is not null, RestoreStepKind.RestoreCache, "load Redis's files in a throw-away Redis, then exchange them");
        Add(hasCache, RestoreStepKind.ReconcileCache, "delete Letta's keys that name what the restored database does not have");
        Add(Memory(manifest) && plan.Destination is not null, RestoreStepKind.RestoreMemory, $"restore {manifest.Memory?.Repositories.Count ?? 0} memory repositories, and what lay in containers only");
        Add(true, RestoreStepKind.StartServer, "end maintenance, bring up all services in the order of their dependencies");
        Add(true, RestoreStepKind.TestConnectivity, "ask every member by a real query");
        Add(true, RestoreStepKind.TestConsistency, "test what the deployment holds (Test-LettaConsistency)");
        Add(hasServer, RestoreStepKind.CompareAgents, "read the agents back through Letta's API, compare them with the database's");
        return steps;

        void Add(bool wanted, RestoreStepKind kind, string description)
        {
            if (wanted)
            {
                steps.Add(new RestorePlanStep(kind, description));
            }
        }
    }

    private static bool Memory(BackupManifest manifest) =>
        manifest.Memory?.Repositories.Count > 0 || manifest.Configuration?.Files.Any(file => file.Container is not null && file.OriginalPath.StartsWith('/')) == true;

    private static string Images(BackupManifest manifest, IReadOnlyList<string> missing)
    {
        var held = missing.Intersect(manifest.Configuration?.Images ?? [], StringComparer.Ordinal).ToList();
        var pulled = missing.Except(held, StringComparer.Ordinal).ToList();
        return string.Join(
            "; ",
            new[]
            {
                held.Count > 0 ? $"load from the set: {string.Join(", ", held)}" : null,
                pulled.Count > 0 ? $"pull: {string.Join(", ", pulled)}" : null,
            }.OfType<string>());
    }
}
