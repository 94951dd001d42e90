using System.Globalization;
using System.Text;

namespace LettaDr.Systems;

/// <summary>The part of a set that holds what a deployment is configured by: files, environments, images' digests, the proof of its key.</summary>
/// <param name="sealing">To whom secrets are encrypted.</param>
/// <param name="includeImages">Whether the set is to hold the images themselves.</param>
internal sealed class ConfigurationBackupPart(SecretSealing sealing, bool includeImages) : IBackupPart
{
    private readonly KnownSecrets _secrets = new();
    private readonly List<CollectedFile> _files = [];
    private readonly List<string> _missing = [];
    private readonly List<string> _images = [];
    private DockerEngine? _engine;
    private ConfigurationPart _part = null!;
    private string? _key;

    /// <inheritdoc/>
    public Task CaptureAsync(BackupDraft draft, CancellationToken cancellationToken) => draft.Recorder.StepAsync(ConfigurationPart.Stage, async () =>
    {
        draft.Meter.Stage("Reading the configuration");
        var deployment = draft.Deployment;
        _engine = await DockerEngine.TryConnectAsync(cancellationToken).ConfigureAwait(false);
        _part = new ConfigurationPart
        {
            SnapshotTime = DateTimeOffset.UtcNow,
            Folder = deployment.Compose?.Folder,
            ComposeFiles = deployment.Compose?.Files ?? [],
            Containers = [.. deployment.Containers.Select(container =>
                new ConfigurationContainer(container.Name, container.Service, container.Image, container.ImageDigest))],
        };
        var collector = new ConfigurationCollector(deployment, _engine);
        await collector.CollectAsync(cancellationToken).ConfigureAwait(false);
        _files.AddRange(collector.Files);
        _missing.AddRange(collector.Missing);
        await ReadEnvironmentsAsync(deployment, cancellationToken).ConfigureAwait(false);
        Learn(deployment);
        return $"{_files.Count} files";
    });

    /// <inheritdoc/>
    public async Task CopyAsync(BackupDraft draft, CancellationToken cancellationToken)
    {
        await draft.Recorder.StepAsync("Prove the encryption key", async () =>
        {
            draft.Meter.Stage("Proving the encryption key");
            return await ProveKeyAsync(draft, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        await draft.Recorder.StepAsync("Write the configuration", () =>
        {
            draft.Meter.Stage("Writing the configuration");
            return Task.FromResult<string?>(Write(draft));
        }).ConfigureAwait(false);
        if (includeImages)
        {
            await draft.Recorder.StepAsync("Save the images", async step =>
            {
                draft.Meter.Stage("Saving the images");
                var images = new ImageArchive(_engine ?? await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false));
                _images.AddRange(await images.SaveAsync(_part.Containers, draft, cancellationToken).ConfigureAwait(false));
                step.Bytes = draft.Set.Files.FirstOrDefault(file => file.Name == ImageArchive.FileName)?.Size;
                return $"{_images.Count} images";
            }).ConfigureAwait(false);
        }

        _part = _part with { Images = _images };
        draft.Describe(manifest => manifest with { Configuration = _part });
        draft.AddInstructions(ConfigurationInstructions.Write(_part));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _engine?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What each container's first process was given: with what Compose and the image added, and the shell that started it.</summary>
    private async Task ReadEnvironmentsAsync(LettaDeployment deployment, CancellationToken cancellationToken)
    {
        if (_engine is null)
        {
            return;
        }

        foreach (var container in deployment.Containers.Where(container => container.Id is not null))
        {
            var details = await _engine.DescribeAsync(container.Id!, cancellationToken).ConfigureAwait(false);
            var text = new StringBuilder();
            foreach (var (name, value) in details.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                _secrets.AddVariable(name, value);
                text.Append(CultureInfo.InvariantCulture, $"{name}={Quoted(value)}\n");
            }

            if (container.Id == deployment.Server?.Container?.Id && details.Environment.TryGetValue(LettaEncryption.KeyName, out var key) && key.Length > 0)
            {
                _key = key;
            }

            var service = container.Service ?? container.Name;
            _files.Add(new CollectedFile
            {
                Path = $"{ConfigurationPaths.Containers}/{service}/environment.env", OriginalPath = "environment", Container = service,
                Purpose = $"environment of {container.Name}", Content = Encoding.UTF8.GetBytes(text.ToString()),
                Mode = OperatingSystem.IsWindows() ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
    }

    /// <summary>Gathers every value that is a secret somewhere, before any file is judged.</summary>
    private void Learn(LettaDeployment deployment)
    {
        foreach (var (name, secret) in new[]
        {
            ("database password", deployment.Database.Password), ("Redis password", deployment.Cache?.Password), ("server password", deployment.Server?.Password),
        })
        {
            if (secret is not null)
            {
                _secrets.Add(name, secret.Reveal());
            }
        }

        foreach (var file in _files)
        {
            if (FileProtecting.TextOf(file.Content) is not { } text)
            {
                continue;
            }

            _secrets.AddFrom(text);
            if (file.IsSecret && !text.Trim().Contains('\n', StringComparison.Ordinal))
            {
                _secrets.Add(Path.GetFileName(file.Path), text);
            }

            _key ??= SecretScanner.ValuesOf(text, LettaEncryption.KeyName).FirstOrDefault();
        }
    }

    private async Task<string?> ProveKeyAsync(BackupDraft draft, CancellationToken cancellationToken)
    {
        CredentialSurvey? survey = null;
        try
        {
            survey = await CredentialSurvey.ReadAsync(draft.Deployment.Database, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException unreachable)
        {
            draft.Warn($"The set has no credential by which a restore could prove {LettaEncryption.KeyName}: {unreachable.Message}");
        }

        var canary = survey?.Encrypted.FirstOrDefault(one => _key is not null && LettaEncryption.Decrypt(one.Value, _key) is not null);
        if (survey is { Encrypted.Count: > 0 } && canary is null)
        {
            draft.Warn(_key is null
                ? $"The database holds encrypted credentials, and no {LettaEncryption.KeyName} was found: without it they are lost. Keep it where a restore can find it."
                : $"The deployment's {LettaEncryption.KeyName} does not decrypt {survey.Encrypted[0]}: Letta has had another key.");

            // What no key at hand opens may be plain text that only looks encrypted: its value does not go into the manifest.
            canary = survey.Encrypted[0] with { Value = string.Empty };
        }

        if (survey is { Plain: > 0 })
        {
            draft.Warn($"The database holds {survey.Plain} credentials in plain text, because Letta has no {LettaEncryption.KeyName}: a backup of it is itself a secret.");
        }

        _part = _part with
        {
            PlainCredentials = survey?.Plain,
            EncryptionKey = _key is null && canary is null
                ? null
                : new EncryptionKeyEvidence { Fingerprint = _key is null ? null : KeyFingerprint.Of(_key), Canary = canary },
        };
        return canary is null ? "no encrypted credential" : canary.ToString();
    }

    private string Write(BackupDraft draft)
    {
        var sealedBy = sealing.Begin(draft);
        var protecting = new FileProtecting(draft, _secrets, sealedBy?.Envelope);
        List<ConfigurationFile> files = [.. _files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(protecting.Write)];
        List<string> left = [.. files.Where(file => file.Protection is FileProtection.Redacted or FileProtection.LeftOut)
            .Select(file => $"{file.Path}: {string.Join(", ", file.Secrets)}")];
        _part = _part with { Files = files, Recipients = sealedBy?.Recipients ?? [], SecretsLeftOut = left, Missing = [.. _missing.Select(SecretRedaction.Apply)] };
        if (left.Count > 0)
        {
            draft.Warn($"Secrets are not in the set, for neither -Certificate nor -Passphrase was given. Keep them elsewhere: {string.Join("; ", left)}.");
        }

        foreach (var missing in _part.Missing)
        {
            draft.Warn($"Not in the set: {missing}");
        }

        return $"{files.Count} files, {files.Count(file => file.Protection == FileProtection.Encrypted)} encrypted to {sealing}";
    }

    private static string Quoted(string value) => value.All(c => char.IsLetterOrDigit(c) || "_-./:@+,=%".Contains(c, StringComparison.Ordinal))
        ? value
        : "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("$", "\\$", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal) + "\"";
}
