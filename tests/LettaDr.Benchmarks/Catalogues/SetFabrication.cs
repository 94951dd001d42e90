using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LettaDr.Systems;

namespace LettaDr.Benchmarks;

/// <summary>Makes sets that are real but for what is in their files: hourly ones, of a few deployments, each with manifest and seal.</summary>
internal static class SetFabrication
{
    private const int Deployments = 4;

    // As many as a set of the 2 GB database has.
    private const int RowFiles = 18;

    public static void Fill(string location, int sets)
    {
        var repository = new DirectoryRepository(location);
        var content = Encoding.UTF8.GetBytes("The content is of no matter to a listing.\n");
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        List<BackupFile> files =
        [
            .. new[] { DatabasePart.ArchiveFileName, DatabasePart.InventoryFileName, BackupManifest.InstructionsFileName }
                .Concat(Enumerable.Range(1, RowFiles).Select(number => string.Create(CultureInfo.InvariantCulture, $"rows/{number:0000}-messages.copy.zst")))
                .Order(StringComparer.Ordinal).Select(name => new BackupFile(name, content.Length, digest)),
        ];
        var newest = DateTimeOffset.UtcNow;
        Parallel.For(0, sets, new ParallelOptions { MaxDegreeOfParallelism = 2 }, number =>
        {
            var time = newest.AddHours(-number / Deployments);
            var manifest = Describe(time, $"letta-{(number % Deployments) + 1}", number, files);
            var path = repository.SetPath(manifest.Deployment, manifest.Id);
            Directory.CreateDirectory(Path.Combine(path, "rows"));
            files.ForEach(file => File.WriteAllBytes(Path.Combine(path, file.Name), content));
            File.WriteAllBytes(Path.Combine(path, BackupManifest.FileName), ManifestSerializer.Write(manifest));
        });
    }

    private static BackupManifest Describe(DateTimeOffset time, string deployment, int number, IReadOnlyList<BackupFile> files) => new()
    {
        Format = BackupManifest.CurrentFormat,
        Id = string.Create(CultureInfo.InvariantCulture, $"{time:yyyyMMdd'T'HHmmss'Z'}-{number:x6}"),
        Deployment = deployment,
        Label = "hourly",
        Writer = "LettaDr 0.1.0",
        StartedAt = time,
        CompletedAt = time.AddSeconds(10),
        Database = new DatabasePart
        {
            SnapshotTime = time.AddMilliseconds(number % 1000),
            Lsn = string.Create(CultureInfo.InvariantCulture, $"1/{number * 4096:X}"),
            Name = "letta",
            ServerVersion = "17.6 (Debian 17.6-1.pgdg12+1)",
            SystemIdentifier = "7575757575757575757",
            Image = "pgvector/pgvector:pg17",
            ImageDigest = "pgvector/pgvector@sha256:" + new string('0', 64),
            ServerImage = "letta/letta:0.16.4",
            ServerImageDigest = "letta/letta@sha256:" + new string('0', 64),
            AlembicRevision = LettaSchema.Revision,
            Tables = 49,
            Rows = 1_000_000 + number,
            Bytes = 2L << 30,
        },
        Files = files,
    };
}
