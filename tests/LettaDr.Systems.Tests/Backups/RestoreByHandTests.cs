using System.Formats.Tar;
using System.Text.RegularExpressions;

namespace LettaDr.Systems.Tests;

[Collection(nameof(BackupServer))]
public sealed partial class RestoreByHandTests(PostgresServer server) : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerTheory(TestImages.Postgres)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_RESTORE_txt_says_brings_everything_back_on_a_server_that_has_nothing(bool portable)
    {
        var name = PostgresServer.NewName("it's \"Letta\" ");
        var letta = await server.CreateLettaDatabaseAsync(name: name);
        var owner = await server.CreateRoleAsync();
        await HeavyTable.CreateAsync(letta, "\"Heavy; 'table'\"");
        await PostgresServer.ExecuteAsync(
            letta,
            $"""
            ALTER TABLE source_passages OWNER TO {owner};
            GRANT SELECT ON messages TO {owner};
            ALTER DATABASE {PostgresName.Quote(name)} SET work_mem = '6MB';
            ALTER ROLE {owner} IN DATABASE {PostgresName.Quote(name)} SET application_name = 'it''s';
            """);
        var backup = await LettaOperations.BackUpAsync(letta, _repository, request => request with { Portable = portable });

        var fresh = await PostgresServer.StartNewAsync();
        try
        {
            await CopyInAsync(fresh, backup.Path);
            foreach (var command in Commands(await File.ReadAllTextAsync(Path.Combine(backup.Path, BackupManifest.InstructionsFileName))))
            {
                await fresh.ShellAsync(
                    $"cd /tmp/set && {command}",
                    new Dictionary<string, string> { ["PGUSER"] = "postgres", ["PGOPTIONS"] = "-c client_min_messages=warning" });
            }

            var restored = fresh.Deployment(name);
            Assert.Empty(await LettaOperations.CompareAsync(LettaOperations.InventoryOf(_repository, backup), restored));
            Assert.Equal(LettaSchema.Revision, await PostgresServer.ValueAsync(restored, "SELECT version_num FROM alembic_version"));
        }
        finally
        {
            await fresh.DisposeAsync();
        }
    }

    [DockerFact(TestImages.Postgres)]
    public async Task RESTORE_txt_tells_of_a_damaged_file_and_of_every_table_s_rows()
    {
        var letta = await server.UnchangedLettaDatabaseAsync();
        var backup = await LettaOperations.BackUpAsync(letta, _repository);

        var text = await File.ReadAllTextAsync(Path.Combine(backup.Path, BackupManifest.InstructionsFileName));

        foreach (var file in backup.Manifest!.Files.Where(file => file.Name != BackupManifest.InstructionsFileName))
        {
            Assert.Contains($"echo '{file.Sha256}  {file.Name}' | sha256sum -c -", text, StringComparison.Ordinal);
        }

        foreach (var table in LettaOperations.InventoryOf(_repository, backup).Tables)
        {
            Assert.Matches($"(?m)^ +{table.Fingerprint!.Value.Rows}  {Regex.Escape(PostgresName.Of(table))}$", text);
        }

        Assert.DoesNotContain("test", Regex.Replace(text, letta.Name, string.Empty).Split("image")[0], StringComparison.Ordinal);
    }

    /// <summary>The lines that a person would type, in their order: those of steps 1 and 2 into psql, the others into a shell.</summary>
    private static IEnumerable<string> Commands(string text)
    {
        var step = -1;
        foreach (var line in text.Split('\n'))
        {
            if (StepPattern().Match(line) is { Success: true } heading)
            {
                step = heading.Groups[1].Value[0] - '0';
            }
            else if (line.StartsWith("     ", StringComparison.Ordinal) && step is >= 0 and < 6)
            {
                var command = line.Trim();
                yield return step switch
                {
                    1 when command.StartsWith("\"postgres\"", StringComparison.Ordinal) => "true",
                    1 => Psql("CREATE ROLE " + command),
                    2 => Psql(command),
                    _ => command,
                };
            }
        }
    }

    private static string Psql(string statement) => $"psql -v ON_ERROR_STOP=1 -q -d postgres <<'END'\n{statement}\nEND";

    private static async Task CopyInAsync(PostgresServer fresh, string folder)
    {
        using var tar = new MemoryStream();
        await TarFile.CreateFromDirectoryAsync(folder, tar, includeBaseDirectory: false);
        tar.Position = 0;
        var result = await fresh.Docker.ExecAsync(
            fresh.Container.Id!, ["sh", "-c", "mkdir /tmp/set && tar -xf - -C /tmp/set"], null, tar, null, null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.StandardError);
    }

    [GeneratedRegex(@"^([0-9])\. ")]
    private static partial Regex StepPattern();
}
