using Npgsql;

namespace LettaDr.Systems;

/// <summary>The rows of archival_passages and source_passages: real vectors of 1,536 dimensions, padded with zeros as Letta does.</summary>
internal sealed class SeedPassages(LettaSeedSize size)
{
    internal const int StoredDimensions = 4096;
    internal const int EmbeddedDimensions = 1536;

    private const string EmbeddingConfig =
        """{"embedding_model": "model-3", "embedding_endpoint_type": "openai", "embedding_dim": 1536, "embedding_chunk_size": 300}""";

    private static readonly string[] Shared =
        ["id", "text", "embedding_config", "metadata_", "embedding", "created_at", "updated_at", "_created_by_id", "organization_id", "tags"];

    private readonly SeedProse _prose = new();
    private readonly float[] _vector = new float[EmbeddedDimensions];
    private SeedRandom _random = new(~(ulong)size.Seed);

    internal async Task CopyAsync(NpgsqlConnection connection, Action<long> sent, CancellationToken cancellationToken)
    {
        await using (var copy = await SeedCopyStream.BeginAsync(connection, "archival_passages", [.. Shared, "archive_id"], sent, cancellationToken))
        {
            for (var number = 1; number <= size.ArchivalPassages; number++)
            {
                var agent = 1 + ((number - 1) % size.Agents);
                WriteShared(copy, number, agent);
                copy.Text(SeedIdentity.Id(size.Seed, "archive", agent));
                await copy.EndRowAsync(cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        await using (var copy = await SeedCopyStream.BeginAsync(
            connection, "source_passages", [.. Shared, "file_id", "source_id", "file_name"], sent, cancellationToken))
        {
            for (var number = 1; number <= size.SourcePassages; number++)
            {
                var file = 1 + ((number - 1) % size.Files);
                WriteShared(copy, size.ArchivalPassages + number, agent: 1);
                copy.Text(number % 25 == 0 ? null : SeedIdentity.Id(size.Seed, "file", file));
                copy.Text(SeedIdentity.Id(size.Seed, "source", 1 + (file % size.Sources)));
                copy.Text($"handbook-{file}.md");
                await copy.EndRowAsync(cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }
    }

    private void WriteShared(SeedCopyStream copy, int number, int agent)
    {
        var at = SeedIdentity.At(number / 4).AddMicroseconds(number);
        copy.BeginRow();
        copy.Text(SeedIdentity.Id(size.Seed, "passage", number));
        copy.Text(_prose.Next(ref _random, 500 + _random.Below(700)));
        copy.Text(number % 100 == 0 ? null : EmbeddingConfig);
        copy.Text(number % 7 == 0 ? """{"origin": "nul \u0000 and \"quote\""}""" : "{}");

        // Letta leaves the vector out where an external store has it.
        if (number % 100 == 0)
        {
            copy.Null();
        }
        else
        {
            DrawVector();
            copy.Vector(_vector, StoredDimensions);
        }

        copy.Timestamp(at);
        copy.Timestamp(at.AddMicroseconds(_random.Below(5_000)));
        copy.Text(number % 5 == 0 ? null : SeedIdentity.Owner(size.Seed, agent));
        copy.Text(SeedIdentity.Organization(size.Seed, agent));
        copy.Text(number % 3 > 0 ? null : number % 2 == 0 ? """["travel", "größe"]""" : """["finance"]""");
    }

    private void DrawVector()
    {
        double squares = 0;
        for (var i = 0; i < _vector.Length; i++)
        {
            var component = _random.Bell();
            _vector[i] = component;
            squares += (double)component * component;
        }

        var scale = (float)(1 / Math.Sqrt(squares));
        for (var i = 0; i < _vector.Length; i++)
        {
            _vector[i] *= scale;
        }
    }
}
