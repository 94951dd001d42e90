using System.Text.Json;

namespace LettaDr.Module.Tests;

/// <summary>The main job, cmdlet after cmdlet, on a real deployment.</summary>
[Collection(SmallSandboxCollection.Name)]
public sealed class QuickstartTests(SmallSandbox sandbox) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Shell _shell = new();

    private string Repository => Path.Combine(_folder, "repository");

    public void Dispose()
    {
        sandbox.DropBeside();
        _shell.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_database_is_found_backed_up_lost_restored_proven_and_undone()
    {
        var before = sandbox.State().Split('|')[1..];
        _shell.With("repository", Repository);

        Assert.Equal(sandbox.Name, _shell.Run($"$deployment = Get-LettaDeployment -Project {sandbox.Name}; $deployment").Single().Name);
        Assert.True((bool)_shell.Run("$deployment | Test-LettaDeployment -Quiet").Value());

        var backup = _shell.Run("$deployment | Backup-LettaDatabase -Repository $repository -Label first").Single();
        Assert.Equal(49, (int)backup.Tables);
        Assert.True((long)backup.Rows > 555);
        Assert.Equal("first", (string)backup.Label);
        Assert.Equal((string)backup.Id, (string)_shell.Run("Get-LettaBackup $repository").Single().Id);

        var checks = _shell.Run("Get-LettaBackup $repository | Test-LettaBackup -Level Restore").Clean().Output;
        Assert.Equal(
            ["ManifestIntact", "FilesComplete", "FilesIntact", "RestoredIdentical", "ClusterRecovers", "CacheLoads", "MemorySound", "SecretsOpen", "EncryptionKeyProven", "PgBackRestVerifies", "PgBackRestRecovers"],
            checks.Select(check => (string)((dynamic)check).Name));
        Assert.All(checks.Take(4), check => Assert.Equal("Passed", ((object)((dynamic)check).Outcome).ToString()));
        Assert.NotNull((object?)_shell.Run("(Get-LettaBackup $repository).ProvenAt").Single());

        sandbox.Query("DROP DATABASE letta WITH (FORCE)", "postgres");
        var restored = _shell.Run("Get-LettaBackup $repository | Restore-LettaDatabase -Deployment $deployment -Confirm:$false").Single();
        Assert.Equal(((int)restored.Tables, (int)restored.Tables), (49, (int)restored.TablesIdentical));
        Assert.Equal((long)backup.Rows, (long)restored.Rows);
        Assert.Null((string?)restored.PreviousDatabase);
        Assert.Equal(before, sandbox.State().Split('|')[1..]);
        Assert.Equal("1c28e167b74f", sandbox.Query("SELECT version_num FROM alembic_version"));
        Assert.Empty(sandbox.DatabasesBeside());

        sandbox.Query("UPDATE letta.messages SET text = 'changed since' WHERE id = (SELECT min(id) FROM letta.messages)");
        var changed = sandbox.State();
        var again = _shell.Run("Restore-LettaDatabase latest $deployment -Repository $repository -DisconnectSessions -Confirm:$false").Single();
        Assert.Equal(before, sandbox.State().Split('|')[1..]);
        Assert.Equal([(string)again.PreviousDatabase], sandbox.DatabasesBeside());

        var undone = _shell.Run("Undo-LettaRestore $deployment -DisconnectSessions -Confirm:$false").Single();
        Assert.Equal(changed, sandbox.State());
        Assert.Equal([(string)undone.UndoneDatabase], sandbox.DatabasesBeside());
        Assert.Equal((string)backup.Id, (string)undone.BackupId);
        Assert.Empty(sandbox.SessionsLeft());
        AssertJournals((string)backup.Id);
    }

    [Fact]
    public void A_set_is_restored_beside_under_another_name()
    {
        var before = sandbox.State();
        _shell.With("repository", Repository).With("deployment", sandbox.Deployment);

        var run = _shell.Run("$deployment | Backup-LettaDatabase -Repository $repository | Restore-LettaDatabase -Deployment $deployment -TargetDatabase copy -Confirm:$false -Verbose").Clean();

        string[] steps =
        [
            "Create the database", "Load the rows", "Build indexes", "Apply settings", "Compare every row", "Swap",
        ];
        Assert.Equal(
            steps,
            run.Verbose.Select(line => steps.FirstOrDefault(step => line.StartsWith(step, StringComparison.Ordinal))).OfType<string>());

        Assert.Equal(before, sandbox.State());
        Assert.Equal(["copy"], sandbox.DatabasesBeside());
        Assert.Equal(sandbox.Query("SELECT count(*) FROM letta.messages"), sandbox.Query("SELECT count(*) FROM messages", "copy"));
    }

    /// <summary>What reports and timelines are made of, beside the sets and in the user's own state folder.</summary>
    private void AssertJournals(string backupId)
    {
        var beside = Directory.EnumerateFiles(Repository, "*.json", SearchOption.AllDirectories).Where(path => path.Contains("operations", StringComparison.Ordinal))
            .Select(Read).Where(journal => Text(journal, "backupId") == backupId).ToList();
        var local = LocalState.Journals().Select(Read).Where(journal => Text(journal, "backupId") == backupId).ToList();

        Assert.Equal(["Backup", "Restore", "Restore", "RestoreTest"], beside.Select(journal => Text(journal, "kind")).Order(StringComparer.Ordinal));
        Assert.Equal(["Backup", "Restore", "Restore", "RestoreTest", "UndoRestore"], local.Select(journal => Text(journal, "kind")).Order(StringComparer.Ordinal));
        foreach (var journal in beside.Concat(local))
        {
            Assert.Equal("Passed", Text(journal, "outcome"));
            Assert.NotNull(Text(journal, "endedAt"));
            Assert.NotEmpty(journal.GetProperty("steps").EnumerateArray());
            Assert.All(journal.GetProperty("steps").EnumerateArray(), step => Assert.Equal("Passed", Text(step, "outcome")));
            Assert.All(journal.GetProperty("steps").EnumerateArray(), step => Assert.True(TimeSpan.Parse(Text(step, "duration")!, null) > TimeSpan.Zero));
        }
    }

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllText(path)).RootElement;

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
