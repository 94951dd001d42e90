namespace LettaDr.Systems;

/// <summary>Restores configuration and memory files from a set to a folder: all is read, checked and decrypted before anything is touched.</summary>
internal sealed class ConfigurationRestore(IBackupRepository repository, IOperationObserver observer, IJournalStore localJournals)
{
    private const UnixFileMode DefaultMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    /// <summary>Reads everything and compares it with what is there. Touches nothing.</summary>
    /// <exception cref="LettaDrException">The set is damaged or has no configuration, a key is missing or wrong, or the destination is no folder.</exception>
    public async Task<ConfigurationRestorePlan> PlanAsync(ConfigurationRestoreRequest request, CancellationToken cancellationToken)
    {
        var backup = request.Backup;
        var manifest = backup.Manifest ?? throw new LettaDrException(
            "BackupNotUsable", FaultKind.DataCorrupt, $"The set {backup.Id} cannot be used: {backup.Problem}", "Use another set; Get-LettaBackup lists them.", backup.Id);
        if (manifest.Configuration is null && manifest.Memory is null)
        {
            throw new LettaDrException(
                "ConfigurationNotInSet", FaultKind.NotFound, $"The set {backup.Id} holds no configuration.",
                "Choose one that does: the column Parts of Get-LettaBackup tells.", backup.Id);
        }

        if (File.Exists(request.Destination))
        {
            throw new LettaDrException(
                "DestinationNotFolder", FaultKind.InvalidArgument, $"{request.Destination} is a file.", "Name a folder; it is made if it is not there.", request.Destination);
        }

        var part = manifest.Configuration ?? new ConfigurationPart { SnapshotTime = manifest.StartedAt };
        var files = ReadFiles(request, part);
        var memory = new List<(RestoredFile, MemoryRepository)>();
        foreach (var one in request.SkipMemory ? [] : manifest.Memory?.Repositories ?? [])
        {
            memory.Add((await new MemoryRestore(repository, backup).PlanAsync(request, one, cancellationToken).ConfigureAwait(false), one));
        }

        return new ConfigurationRestorePlan
        {
            Request = request, Files = files, Memory = memory,
            Images = request.IncludeImages ? await MissingImagesAsync(backup, part, cancellationToken).ConfigureAwait(false) : [],
            EncryptionKey = EncryptionKeyProof.Check(backup, part.EncryptionKey, files.Select(file => file.Content).OfType<byte[]>()),
            Warnings = Warnings(request, part),
        };
    }

    /// <summary>Carries a plan out.</summary>
    /// <exception cref="LettaDrException">Something there differs and may not be replaced, or cannot be written; what was written stays, each file whole.</exception>
    public Task<ConfigurationRestoreResult> RunAsync(ConfigurationRestorePlan plan, string operationId, CancellationToken cancellationToken)
    {
        plan.RequireLeave();
        var backup = plan.Request.Backup;
        var recorder = new OperationRecorder(
            operationId, "RestoreConfiguration", backup.Deployment, backup.Id, observer, repository.Journals(backup.Deployment), localJournals);
        return recorder.RunAsync(() => RunAsync(plan, operationId, recorder, cancellationToken));
    }

    private async Task<ConfigurationRestoreResult> RunAsync(
        ConfigurationRestorePlan plan, string operationId, OperationRecorder recorder, CancellationToken cancellationToken)
    {
        var startedAt = DateTimeOffset.UtcNow;
        var meter = new ProgressMeter(observer, $"Restoring the configuration of {plan.Request.Backup.Deployment}");
        var files = new List<RestoredFile>();
        await recorder.StepAsync("Write the files", () =>
        {
            meter.Stage("Writing the files");
            foreach (var (file, content, mode) in plan.Files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (file.Action == RestoredFileAction.Unchanged)
                {
                    SetMode(file.Target, mode);
                }

                files.Add(content is null || file.Action is RestoredFileAction.Unchanged or RestoredFileAction.Skip ? file : Write(file, content, mode, operationId));
            }

            return Task.FromResult<string?>($"{files.Count} files");
        }).ConfigureAwait(false);

        var memory = new List<RestoredFile>();
        if (plan.Memory.Count > 0)
        {
            await recorder.StepAsync("Restore the memory repositories", async () =>
            {
                meter.Stage("Restoring the memory repositories");
                foreach (var (file, one) in plan.Memory)
                {
                    memory.Add(await new MemoryRestore(repository, plan.Request.Backup).RunAsync(file, one, operationId, cancellationToken).ConfigureAwait(false));
                }

                return $"{memory.Count} repositories";
            }).ConfigureAwait(false);
        }

        if (plan.Images.Count > 0)
        {
            await recorder.StepAsync("Load the images", async () =>
            {
                meter.Stage("Loading the images");
                using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
                using var archive = repository.OpenContent(plan.Request.Backup, FileOf(plan.Request.Backup, ImageArchive.FileName));
                await new ImageArchive(engine).LoadAsync(archive, cancellationToken).ConfigureAwait(false);
                return string.Join(", ", plan.Images);
            }).ConfigureAwait(false);
        }

        foreach (var warning in plan.Warnings)
        {
            observer.Warning(warning);
        }

        if (plan.EncryptionKey is { Outcome: not Outcome.Passed, Remedy: { } remedy })
        {
            observer.Warning($"{plan.EncryptionKey.Evidence} {remedy}");
        }

        return new ConfigurationRestoreResult
        {
            OperationId = operationId, BackupId = plan.Request.Backup.Id, Deployment = plan.Request.Backup.Deployment,
            Destination = plan.Request.Destination, Files = files, MemoryRepositories = memory, LoadedImages = plan.Images,
            EncryptionKey = plan.EncryptionKey, StartedAt = startedAt, Duration = DateTimeOffset.UtcNow - startedAt,
        };
    }

    private List<(RestoredFile File, byte[]? Content, UnixFileMode? Mode)> ReadFiles(ConfigurationRestoreRequest request, ConfigurationPart part)
    {
        byte[] Read(string name)
        {
            using var stored = repository.OpenContent(request.Backup, FileOf(request.Backup, name));
            using var content = new MemoryStream();
            stored.CopyTo(content);
            return content.ToArray();
        }

        var encrypted = part.Files.Any(file => file.Protection == FileProtection.Encrypted) && !request.SkipEncrypted;
        var opening = encrypted ? SecretOpening.Find(request.Backup, part, Read, request.Certificates, request.Passphrase) : null;
        var files = new List<(RestoredFile, byte[]?, UnixFileMode?)>();
        foreach (var file in part.Files)
        {
            var target = TargetOf(request, file.Path, file.OriginalPath, file.Container);
            var content = file.StoredAs is null || (file.Protection == FileProtection.Encrypted && opening is null) ? null
                : file.Protection == FileProtection.Encrypted ? opening!.Open(Read(file.StoredAs), file.StoredAs)
                : Read(file.StoredAs);
            var action = content is null ? RestoredFileAction.Skip
                : Directory.Exists(target) ? RestoredFileAction.Replace
                : !File.Exists(target) ? RestoredFileAction.Create
                : Same(target, content) ? RestoredFileAction.Unchanged : RestoredFileAction.Replace;
            UnixFileMode? mode = file.Mode is { } text ? (UnixFileMode)(Convert.ToInt32(text, 8) & 0x1FF) : null;
            files.Add((new RestoredFile { Path = file.Path, Target = target, Purpose = file.Purpose, Action = action }, content, mode));
        }

        return files;
    }

    /// <summary>Where something of the set goes: below the destination, or where it lay.</summary>
    internal static string TargetOf(ConfigurationRestoreRequest request, string path, string original, string? container) =>
        request.OriginalPaths && container is null && path.StartsWith(ConfigurationPaths.Outside + "/", StringComparison.Ordinal) && Path.IsPathFullyQualified(original)
            ? Path.GetFullPath(original)
            : ConfigurationPaths.Below(request.Destination, path);

    private static bool Same(string target, byte[] content)
    {
        try
        {
            return new FileInfo(target).Length == content.Length && File.ReadAllBytes(target).AsSpan().SequenceEqual(content);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw NotWritable(target, denied);
        }
    }

    private static RestoredFile Write(RestoredFile file, byte[] content, UnixFileMode? mode, string operationId)
    {
        try
        {
            var aside = file.Action == RestoredFileAction.Replace ? $"{file.Target}.before-{operationId}" : null;
            Directory.CreateDirectory(Path.GetDirectoryName(file.Target)!);
            var temporary = $"{file.Target}.{operationId}.tmp";
            try
            {
                using (var stream = DurableFiles.CreatePrivate(temporary))
                {
                    stream.Write(content);
                    stream.Flush(flushToDisk: true);
                }

                SetMode(temporary, mode ?? DefaultMode);

                if (aside is not null)
                {
                    SetAside(file.Target, aside);
                }

                File.Move(temporary, file.Target, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }

            DurableFiles.SyncDirectory(Path.GetDirectoryName(file.Target)!);
            return file with { SetAside = aside };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(file.Target, failure);
        }
    }

    /// <summary>The permissions are part of what is restored: a secret with the right bytes that all may read is not restored.</summary>
    private static void SetMode(string path, UnixFileMode? mode)
    {
        if (!OperatingSystem.IsWindows() && mode is { } wanted && File.GetUnixFileMode(path) != wanted)
        {
            File.SetUnixFileMode(path, wanted);
        }
    }

    /// <summary>A second name first, then the new file over the old one: at no moment is there none.</summary>
    private static void SetAside(string target, string aside)
    {
        if (Directory.Exists(target))
        {
            // Docker makes a folder where a file that it was to mount is missing.
            Directory.Move(target, aside);
        }
        else
        {
            File.Copy(target, aside, overwrite: false);
        }
    }

    private static LettaDrException NotWritable(string target, Exception failure) => new(
        "ConfigurationNotWritable", FaultKind.PermissionDenied, $"{target} cannot be written: {failure.Message}",
        "Check its owner and permissions, and the disk's free space; running the same command again goes on.", target, failure);

    private static BackupFile FileOf(Backup backup, string name) => backup.Manifest!.Files.FirstOrDefault(file => file.Name == name)
        ?? throw RepositoryFaults.FileMissing(name, backup.Path);

    private static async Task<IReadOnlyList<string>> MissingImagesAsync(Backup backup, ConfigurationPart part, CancellationToken cancellationToken)
    {
        if (part.Images.Count == 0)
        {
            throw new LettaDrException(
                "ImagesNotInSet", FaultKind.NotFound, $"The set {backup.Id} holds no images.",
                "Pull them by the digests that the set records, or back up with -IncludeImages next time.", backup.Id);
        }

        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return await new ImageArchive(engine).MissingAsync(part.Images, cancellationToken).ConfigureAwait(false);
    }

    private static List<string> Warnings(ConfigurationRestoreRequest request, ConfigurationPart part)
    {
        var warnings = new List<string>();
        var outside = part.Files.Where(file => file.Path.StartsWith(ConfigurationPaths.Outside + "/", StringComparison.Ordinal)).ToList();
        if (outside.Count > 0 && !request.OriginalPaths)
        {
            warnings.Add($"{outside.Count} files lay outside the project's folder and are below {ConfigurationPaths.Outside}: move them, or change the paths in the Compose files: {string.Join(", ", outside.Select(file => file.OriginalPath))}.");
        }

        if (part.SecretsLeftOut.Count > 0)
        {
            warnings.Add($"The set does not hold these secrets; put them where ******** stands: {string.Join("; ", part.SecretsLeftOut)}.");
        }

        return warnings;
    }
}
