using System.Security.Cryptography;

namespace LettaDr.Systems;

/// <summary>Settles what a copy for a recovery test is made of.</summary>
internal static class DrTestCopyPlanner
{
    /// <param name="set">The deployment's set; null for a stand-in with made-up rows.</param>
    /// <param name="repository">The repository that holds it.</param>
    /// <param name="deployment">The deployment itself, where it is there: a set's copy takes its server's image and variables over.</param>
    /// <param name="testId">Identifies the test.</param>
    /// <param name="cancellationToken">Stops the looking.</param>
    /// <exception cref="LettaDrException">The set does not hold the database, or an image that it records is not here.</exception>
    public static async Task<DrTestCopyOptions> PlanAsync(
        Backup? set, IBackupRepository? repository, LettaDeployment? deployment, string testId, CancellationToken cancellationToken)
    {
        var part = set?.Manifest is null ? null : DatabaseRestore.DatabaseOf(set, set.Manifest);
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var request = new SandboxRequest
        {
            Name = "lettadr-drill-" + RandomNumberGenerator.GetHexString(6, lowercase: true), Isolated = true, Labels = DrTestOwner.Labels(testId),
            // What pg_rewind needs of a server without page checksums, and that the log it reads is still there.
            DatabaseArguments = ["-c", "wal_log_hints=on", "-c", "wal_keep_size=1GB"],
        };
        if (set?.Manifest is { } manifest)
        {
            request = request with
            {
                DatabaseImage = await RecordedImage.FindAsync(
                    engine, part!.Image ?? SandboxRequest.DefaultDatabaseImage, part.ImageDigest, null, cancellationToken)
                    .ConfigureAwait(false),
                CacheImage = manifest.Cache is null
                    ? SandboxRequest.DefaultCacheImage
                    : await RecordedImage.FindAsync(engine, manifest.Cache.Image ?? SandboxRequest.DefaultCacheImage, manifest.Cache.ImageDigest, null, cancellationToken).ConfigureAwait(false),
            };
        }

        // A stand-in with made-up rows is nobody's, and has nothing of anybody.
        deployment = set is null ? null : deployment;
        var server = await ServerImageAsync(engine, set, deployment, cancellationToken).ConfigureAwait(false);
        var (variables, blanked) = await VariablesAsync(engine, deployment, cancellationToken).ConfigureAwait(false);
        variables.Remove(LettaEncryption.KeyName, out var key);
        return new DrTestCopyOptions
        {
            Set = set, Repository = repository, IsStandIn = server is null, Blanked = blanked,
            Sandbox = request with
            {
                ServerImage = server ?? SandboxRequest.DefaultServerImage, ServerEnvironment = variables,
                EncryptionKey = string.IsNullOrEmpty(key) ? null : new Secret(key),
            },
        };
    }

    /// <summary>The deployment's own image, where this machine has it: a drill is not the time to fetch one.</summary>
    private static async Task<string?> ServerImageAsync(DockerEngine engine, Backup? set, LettaDeployment? deployment, CancellationToken cancellationToken)
    {
        var recorded = set?.Manifest?.Configuration?.Containers.FirstOrDefault(container => ImageName.IsLettaLike(container.Image));
        var own = deployment?.Server?.Container;
        foreach (var candidate in new[] { own?.ImageDigest, own?.Image, recorded?.ImageDigest, recorded?.Image }.OfType<string>())
        {
            if (await engine.Containers.ImageExistsAsync(candidate, cancellationToken).ConfigureAwait(false))
            {
                return candidate;
            }
        }

        return null;
    }

    private static async Task<(Dictionary<string, string> Variables, IReadOnlyList<string> Blanked)> VariablesAsync(
        DockerEngine engine, LettaDeployment? deployment, CancellationToken cancellationToken)
    {
        if (deployment?.Server?.Container?.Id is not { } id)
        {
            return ([], []);
        }

        var details = await engine.DescribeAsync(id, cancellationToken).ConfigureAwait(false);
        var image = await engine.Containers.FindImageAsync(details.ImageId, cancellationToken).ConfigureAwait(false);
        var own = DrTestEnvironment.Of(details.Environment, image?.Environment ?? new Dictionary<string, string>());
        return (new Dictionary<string, string>(own), DrTestEnvironment.Blanked(details.Environment));
    }
}
