namespace LettaDr.Systems;

/// <summary>Proves a set's memory repositories by restoring each to a temporary folder: unbundled, checked by git, branches as recorded.</summary>
internal sealed class MemoryProving(IBackupRepository repository, IOperationObserver observer) : IBackupPartCheck
{
    /// <inheritdoc/>
    public string Name => "MemorySound";

    /// <inheritdoc/>
    public string? WhyNotAsked(Backup backup) => backup.Manifest?.Memory switch
    {
        null => "The set does not hold the agents' memory.",
        { Repositories.Count: 0 } => "The agents had no memory repositories.",
        _ => null,
    };

    /// <inheritdoc/>
    public async Task<string> ProveAsync(Backup backup, CancellationToken cancellationToken)
    {
        var repositories = backup.Manifest!.Memory!.Repositories;
        new ProgressMeter(observer, $"Testing {backup.Id}").Stage("Checking the memory repositories");
        var folder = Directory.CreateTempSubdirectory("lettadr-memory-");
        try
        {
            var problems = new List<string>();
            foreach (var (memory, number) in repositories.Select((memory, number) => (memory, number)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var place = folder.CreateSubdirectory($"{number}");
                if (await ProblemAsync(backup, memory, Path.Combine(place.FullName, FolderMemoryStore.RepositoryFolder), cancellationToken).ConfigureAwait(false) is { } problem)
                {
                    problems.Add($"{memory}: {problem}");
                }

                place.Delete(recursive: true);
            }

            var files = repositories.Count(memory => memory.Problem is not null);
            return problems.Count == 0
                ? $"{Examples.Count(repositories.Count, "memory repository", "memory repositories")}, each sound with the branches that it had"
                    + (files > 0 ? $", but {files} kept as files, for git found them unfit when they were backed up." : ".")
                : throw new LettaDrException(
                    "MemoryNotSound", FaultKind.DataCorrupt, $"Not sound: {Examples.List(problems)}.", "Use another set (Get-LettaBackup lists them).", backup.Id);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<string?> ProblemAsync(Backup backup, MemoryRepository memory, string target, CancellationToken cancellationToken)
    {
        try
        {
            var file = new RestoredFile { Path = memory.Path, Target = target, Purpose = "test", Action = RestoredFileAction.Create };
            await new MemoryRestore(repository, backup).RunAsync(file, memory, OperationId.Next(), cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException failure) when (failure.Kind != FaultKind.NotInstalled)
        {
            return failure.Message.TrimEnd('.');
        }
        catch (InvalidDataException broken)
        {
            return broken.Message.TrimEnd('.');
        }

        return memory.Problem is not null || await MemoryRestore.HasSameReferencesAsync(target, memory, cancellationToken).ConfigureAwait(false)
            ? null
            : "its branches and tags are not those that the manifest records";
    }
}
