using System.Text;

namespace LettaDr.Systems.Tests;

/// <summary>Files and repositories that are not as one would like them.</summary>
public sealed class OddFilesTests
{
    [Fact]
    public void A_file_of_any_usual_encoding_shows_its_secrets()
    {
        const string Text = "# größer\nOPENAI_API_KEY=sk-live-0123456789\n";
        byte[][] files =
        [
            Encoding.UTF8.GetBytes(Text), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)], Encoding.Latin1.GetBytes(Text),
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)],
        ];

        foreach (var file in files)
        {
            Assert.Contains(SecretScanner.Scan(FileProtecting.TextOf(file)!), span => span.Name == "OPENAI_API_KEY");
        }

        Assert.Null(FileProtecting.TextOf([1, 0, 2]));
    }

    [Fact]
    public async Task What_a_repository_configures_is_not_run_by_this_machines_git()
    {
        using var folder = new TemporaryFolder();
        var mark = Path.Combine(folder.Path, "PWNED");
        await LocalGit.RequireAsync(folder.Path, ["init", "-q", "--bare", "-b", "main", "repo.git"], CancellationToken.None);
        var repository = Path.Combine(folder.Path, "repo.git");
        var tree = (await LocalGit.RequireAsync(repository, ["write-tree"], CancellationToken.None)).Trim();
        var commit = (await LocalGit.RequireAsync(
            repository, ["-c", "user.email=a@b", "-c", "user.name=a", "commit-tree", "-m", "one", tree], CancellationToken.None)).Trim();
        await LocalGit.RequireAsync(repository, ["update-ref", "refs/heads/main", commit], CancellationToken.None);
        File.Delete(Path.Combine(repository, "objects", tree[..2], tree[2..]));
        File.AppendAllText(
            Path.Combine(repository, "config"),
            $"[remote \"o\"]\n\turl = {repository}\n\tpromisor = true\n\tuploadpack = \"touch {mark};false\"\n[extensions]\n\tpartialClone = o\n");
        var before = File.ReadAllText(Path.Combine(repository, "config"));

        UntrustedRepository.Disarm(repository);
        await LocalGit.RunAsync(repository, ["fsck", "--full"], null, CancellationToken.None);
        await LocalGit.RunAsync(repository, ["bundle", "create", "-q", "-", "--all"], Stream.Null, CancellationToken.None);
        UntrustedRepository.Rearm(repository);

        Assert.False(File.Exists(mark));
        Assert.Equal(before, File.ReadAllText(Path.Combine(repository, "config")));
        Assert.True(Directory.Exists(Path.Combine(repository, "hooks")));
    }
}
