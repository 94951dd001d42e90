using System.Text;
using ZstdSharp;

namespace LettaDr.Systems.Tests;

/// <summary>What Test-LettaBackup sees in a physical copy without unpacking it, with pg_verifybackup as the judge.</summary>
[Collection(nameof(ClusterBackupServer))]
public sealed class ClusterVerificationTests(ClusterServer server) : IDisposable
{
    private const string Archive = ClusterPart.Folder + "base.tar.zst";

    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerFact(TestImages.Postgres)]
    public async Task What_pg_verifybackup_finds_is_found()
    {
        var letta = await server.UnchangedLettaDatabaseAsync();
        var backup = await LettaOperations.CopyClusterAsync(letta, _repository);
        var whole = Content(backup, Archive);
        Assert.Equal((Outcome.Passed, string.Empty), (Verify(_repository, backup).Outcome, await OracleAsync(backup, whole)));

        // A byte of the content of a file, the size of one, the name of one; none of these breaks the archive.
        var map = Find(whole, "global/pg_filenode.map");
        Assert.Contains("global/pg_filenode.map", await FoundAsync(backup, whole, map + 512 + 20, (byte)(whole[map + 532] ^ 1)), StringComparison.Ordinal);
        Assert.Contains("PG_VERSION", await FoundAsync(backup, whole, Find(whole, "PG_VERSION") + 512, (byte)'9'), StringComparison.Ordinal);
        var renamed = await FoundAsync(backup, whole, Find(whole, "PG_VERSION") + 9, (byte)'M');
        Assert.Contains("PG_VERSIOM is not in", renamed, StringComparison.Ordinal);
        Assert.Contains("PG_VERSION is missing", renamed, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Damage_in_the_log_and_in_PostgreSQL_s_manifest_is_found()
    {
        var letta = await server.UnchangedLettaDatabaseAsync();
        var backup = await LettaOperations.CopyClusterAsync(letta, _repository);
        var part = backup.Manifest!.Cluster!;
        var segment = backup.Manifest.Files.First(file => file.Name.StartsWith(ClusterPart.WalFolder, StringComparison.Ordinal)).Name;
        var log = Content(backup, segment);
        var start = (int)(part.StartLsn.Value % (ulong)part.WalSegmentSize);
        backup = Replace(backup, segment, Changed(log, start + 26, (byte)(log[start + 26] ^ 4)));
        Assert.Contains("the log ends at", Verify(_repository, backup).Evidence, StringComparison.Ordinal);

        backup = Replace(backup, segment, log);
        Assert.Equal(Outcome.Passed, Verify(_repository, backup).Outcome);
        var manifest = Content(backup, ClusterPart.ManifestFileName);
        backup = Replace(backup, ClusterPart.ManifestFileName, Changed(manifest, manifest.Length / 2, (byte)'0'));
        Assert.Contains("PostgreSQL's manifest", Verify(_repository, backup).Evidence, StringComparison.Ordinal);
    }

    internal static CheckResult Verify(TemporaryRepository repository, Backup backup) =>
        new BackupVerification(repository.Directory, new CollectingObserver()).Check(backup, CancellationToken.None).Single(check => check.Name == "ClusterVerifies");

    /// <summary>What the check says of an archive with one byte changed, which pg_verifybackup refuses as well.</summary>
    private async Task<string> FoundAsync(Backup backup, byte[] archive, int position, byte value)
    {
        var changed = Changed(archive, position, value);
        var header = position / 512 * 512;
        if (position % 512 < 100)
        {
            Reseal(changed.AsSpan(header, 512));
        }

        var result = Verify(_repository, Replace(backup, Archive, changed));
        Assert.Equal(Outcome.Failed, result.Outcome);
        Assert.NotEmpty(await OracleAsync(backup, changed));
        return result.Evidence;
    }

    /// <summary>What pg_verifybackup complains of; nothing when it is satisfied.</summary>
    private async Task<string> OracleAsync(Backup backup, byte[] archive)
    {
        await RunAsync("rm -rf /tmp/verified && mkdir /tmp/verified && tar -xf - -C /tmp/verified", archive);
        await RunAsync("cat > /tmp/verified/backup_manifest", Content(backup, ClusterPart.ManifestFileName));
        return await RunAsync("pg_verifybackup -n /tmp/verified > /dev/null 2>&1 || echo refused", []);
    }

    private async Task<string> RunAsync(string script, byte[] content)
    {
        using var input = new MemoryStream(content);
        using var output = new MemoryStream();
        var result = await server.Docker.ExecAsync(server.Container.Id!, ["sh", "-ec", script], null, input, output, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private byte[] Content(Backup backup, string name)
    {
        using var content = _repository.Directory.OpenContent(backup, backup.Manifest!.Files.Single(file => file.Name == name));
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Puts other content into a set as somebody would who writes its manifest anew.</summary>
    private static Backup Replace(Backup backup, string name, byte[] content)
    {
        using var compressor = new Compressor();
        var stored = compressor.Wrap(content).ToArray();
        File.WriteAllBytes(Path.Combine(backup.Path, name), stored);
        var file = new BackupFile(name, stored.Length, Hex.Lower(System.Security.Cryptography.SHA256.HashData(stored)));
        var manifest = backup.Manifest! with { Files = [.. backup.Manifest.Files.Select(other => other.Name == name ? file : other)] };
        return backup with { Manifest = manifest with { Seal = new string('0', 64) } };
    }

    private static byte[] Changed(byte[] bytes, int position, byte value)
    {
        var changed = bytes.ToArray();
        changed[position] = value;
        return changed;
    }

    private static int Find(byte[] archive, string name)
    {
        var wanted = Encoding.ASCII.GetBytes(name + "\0");
        for (var header = 0; header < archive.Length; header += 512)
        {
            if (archive.AsSpan(header).StartsWith(wanted))
            {
                return header;
            }
        }

        throw new InvalidOperationException($"The archive holds no {name}.");
    }

    private static void Reseal(Span<byte> header)
    {
        header.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var value in header)
        {
            sum += value;
        }

        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header[148..]);
    }
}
