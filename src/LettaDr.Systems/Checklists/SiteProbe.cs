using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Looks whether a deployment could be restored at a site: its engine, images, disk, ports, and the sets there.</summary>
/// <param name="plan">The plan that names the site.</param>
/// <param name="recovery">What there is to be restored.</param>
/// <param name="live">The deployment as it runs; null where nobody can say.</param>
internal sealed class SiteProbe(DrPlan plan, RecoveryEvidence recovery, LettaDeployment? live)
{
    // The cluster, its indexes built anew beside what pg_restore sorts, and the log: what restores of the tests needed at most, rounded up.
    private const double Headroom = 1.5;

    private readonly List<string> _seen = [];
    private readonly List<string> _problems = [];
    private readonly List<string> _unknown = [];

    public async Task<SiteEvidence> LookAsync(DrSite site, CancellationToken cancellationToken)
    {
        Sets(site);
        if (site.Destination is { } folder && DockerEndpoint.IsLocal(site.Docker) && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(folder))))
        {
            _problems.Add($"The folder {folder} cannot be made: the one above it is not there.");
        }

        try
        {
            using var engine = await DockerEngine.ConnectAsync(site.Docker, cancellationToken).ConfigureAwait(false);
            _seen.Add($"Docker answers at {site.Docker}.");
            await ImagesAsync(engine, cancellationToken).ConfigureAwait(false);
            await PortsAsync(engine, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException fault)
        {
            _problems.Add($"{fault.Message} {fault.Remedy}");
        }

        return new SiteEvidence(site, _seen, _problems) { Unknown = _unknown };
    }

    /// <summary>What would be lost there is what the site's sets are behind, beside their age.</summary>
    private void Sets(DrSite site)
    {
        try
        {
            var newest = recovery.NewestOfDatabase();
            var there = newest;
            if (site.Repository is { } location)
            {
                // The deployment's own sets are another question; copies of them may have been cut short on their way.
                var repository = new DirectoryRepository(location);
                var own = recovery with { Sets = repository.List(recovery.Deployment, includeIncomplete: false) };
                there = own.NewestOfDatabase();
                _problems.AddRange(NewestSetFiles.Of(own).SelectMany(set => NewestSetFiles.Differences(set, repository))
                    .Select(problem => $"{location}: {problem}"));
            }

            if (there is null)
            {
                _problems.Add($"{site.Repository ?? plan.Repository} holds no set of {recovery.Deployment}.");
            }
            else if (newest is not null && newest.SnapshotTime - there.SnapshotTime > plan.Objectives.SystemRpo)
            {
                _problems.Add($"Its newest set {there.Id} is {RunbookDescription.Age(newest.SnapshotTime - there.SnapshotTime)} behind the deployment's own: copy the sets there sooner.");
            }
            else
            {
                _seen.Add($"It has the set {there.Id}.");
            }
        }
        catch (LettaDrException fault)
        {
            _problems.Add($"{fault.Message} {fault.Remedy}");
        }
    }

    private async Task ImagesAsync(DockerEngine engine, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        var wanted = Images();
        foreach (var (image, digest) in wanted)
        {
            try
            {
                found.Add(await RecordedImage.FindAsync(engine, image, digest, null, cancellationToken).ConfigureAwait(false));
            }
            catch (LettaDrException missing) when (missing.Kind == FaultKind.NotFound)
            {
                _problems.Add($"The image {image ?? digest} is not there: pull it beforehand (docker pull {image ?? digest}).");
            }
        }

        if (wanted.Count == 0)
        {
            _problems.Add("No set tells which images are needed there: make one with Backup-LettaSystem.");
        }
        else if (found.Count == wanted.Count)
        {
            _seen.Add($"All {found.Count} image(s) are there.");
        }

        // Without any image nothing can look at the disk from within; with one, any will do.
        if (found.Count > 0)
        {
            await DiskAsync(engine, found[0], cancellationToken).ConfigureAwait(false);
        }
    }

    private IReadOnlyList<(string? Image, string? Digest)> Images()
    {
        if (recovery.Newest(BackupParts.Configuration)?.Manifest?.Configuration is { Containers.Count: > 0 } configuration)
        {
            return [.. configuration.Containers.Select(container => (container.Image, container.ImageDigest)).Distinct()];
        }

        var manifest = recovery.NewestOfDatabase()?.Manifest;
        return manifest?.Database is { } database
            ? [.. new[] { (database.Image, database.ImageDigest), (database.ServerImage, database.ServerImageDigest) }.Where(image => (image.Item1 ?? image.Item2) is not null)]
            : manifest?.Cluster is { Image: { } image } cluster ? [(image, cluster.ImageDigest)]
            : manifest?.PgBackRest is { Image: { } own } stanza ? [(own, stanza.ImageDigest)] : [];
    }

    private async Task DiskAsync(DockerEngine engine, string image, CancellationToken cancellationToken)
    {
        await using var container = await ScratchContainer.StartAsync(engine, image, null, [], cancellationToken).ConfigureAwait(false);
        var text = await container.ShellAsync("df -Pk / | tail -n 1", [], null, cancellationToken).ConfigureAwait(false);
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var free = fields.Length > 3 && long.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var kib) ? kib * 1024 : 0;
        var manifest = recovery.NewestOfDatabase()?.Manifest;
        var recorded = manifest?.Database?.Bytes ?? manifest?.Cluster?.Bytes ?? manifest?.PgBackRest?.Bytes;
        if ((recovery.DatabaseBytes ?? recorded) is not { } bytes)
        {
            _problems.Add("Nobody can say how much room a restore needs there: neither the deployment nor a set tells the database's size.");
            return;
        }

        var needed = (long)(bytes * Headroom);
        var told = $"{ByteSize.Format(free)} of its disk are free, and a restore needs about {ByteSize.Format(needed)}";
        if (free < needed)
        {
            _problems.Add(told + ": make room.");
        }
        else
        {
            _seen.Add(told + ".");
        }
    }

    /// <summary>Those of the deployment's containers; where it runs on the same engine, its own containers hold them rightly.</summary>
    private async Task PortsAsync(DockerEngine engine, CancellationToken cancellationToken)
    {
        if (live is null)
        {
            _unknown.Add("Nobody can say whether the ports are free there: sets do not record them, and the deployment cannot be seen.");
            return;
        }

        var ports = live.Containers.SelectMany(container => container.PublishedPorts.Values).Distinct().ToList();
        var own = (await engine.ListAsync(all: false, labels: null, cancellationToken).ConfigureAwait(false))
            .Where(details => live.Containers.Any(container => container.Id == details.Container.Id))
            .SelectMany(details => details.Container.PublishedPorts.Values).ToHashSet();
        foreach (var port in ports.Where(port => !own.Contains(port)))
        {
            if (await PortHolder.FindAsync(engine, port, cancellationToken).ConfigureAwait(false) is { } holder)
            {
                _problems.Add($"The port {port} is taken by {holder}: stop that, or publish another in the Compose file.");
            }
        }

        if (ports.Count > 0)
        {
            _seen.Add($"Ports looked at: {string.Join(", ", ports)}.");
        }
    }
}
