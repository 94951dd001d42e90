namespace LettaDr.Systems.Tests;

/// <summary>Agents' memory repositories in a set and back again.</summary>
[Collection(nameof(ConfigurationCollection))]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ConfigurationMemoryTests(ConfigurationStack stack) : ConfigurationTest(stack)
{
    [ComposeFact]
    public async Task Memory_comes_back_commit_by_commit_and_what_is_broken_is_named_and_kept()
    {
        var observer = new CollectingObserver();
        var backup = await Stack.BackUpAsync(Repository, Sealing(), observer);
        var memory = backup.Manifest!.Memory!.Repositories;
        Assert.Equal(["agent-broken", "agent-empty", "agent-sound"], memory.Select(one => one.Agent));
        Assert.Contains(observer.Warnings, warning => warning.Contains("agent-broken", StringComparison.Ordinal) && warning.Contains("git fsck", StringComparison.Ordinal));
        var sound = memory.Single(one => one.Agent == "agent-sound");
        Assert.Null(sound.Problem);
        Assert.Equal(["refs/heads/main", "refs/heads/side", "refs/tags/v1"], sound.References.Keys);

        await ConfigurationStack.RestoreAsync(Repository, Request(backup));
        var path = Path.Combine(Folder.Path, sound.Path);
        Assert.Equal(
            Stack.Run("cd ~/.letta/memfs/repository/org-1/agent-sound/repo.git && git log --all --format='%H %s %D' && git config core.bare && cat HEAD"),
            await Git(path, "log", "--all", "--format=%H %s %D") + await Git(path, "config", "core.bare") + File.ReadAllText(Path.Combine(path, "HEAD")));
        var broken = Path.Combine(Folder.Path, memory.Single(one => one.Agent == "agent-broken").Path);
        Assert.Equal(
            Stack.Run("cd ~/.letta/memfs/repository/org-1/agent-broken/repo.git && find . -type f | sort | xargs sha256sum | sha256sum"),
            await Shell(broken, "find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum"));
    }

    [ComposeFact]
    public async Task Memory_is_of_the_moment_that_the_set_names()
    {
        await using var part = new MemoryBackupPart();
        var before = Stack.Run("cd ~/.letta/memfs/repository/org-1/agent-sound/repo.git && git rev-parse main");
        try
        {
            var backup = await new BackupMaking(Repository.Directory, new CollectingObserver(), Repository.Journals).RunAsync(
                new SetRequest(Stack.Deployment, null),
                [part, new BetweenParts(() => Stack.Run("""
                    cd ~/.letta/memfs/repository/org-1/agent-sound/repo.git
                    git update-ref refs/heads/main $(git commit-tree -p main -m three main^{tree}) && git branch late main
                    """))],
                default);
            await ConfigurationStack.RestoreAsync(Repository, Request(backup));
            var path = Path.Combine(Folder.Path, backup.Manifest!.Memory!.Repositories.Single(one => one.Agent == "agent-sound").Path);
            Assert.Equal(before, await Git(path, "rev-parse", "main"));
            Assert.DoesNotContain("late", await Git(path, "for-each-ref"), StringComparison.Ordinal);
        }
        finally
        {
            Stack.Run($"cd ~/.letta/memfs/repository/org-1/agent-sound/repo.git && git branch -D late && git update-ref refs/heads/main {before.Trim()}");
        }
    }

    [ComposeFact]
    public async Task Memory_of_a_stopped_server_is_copied_out()
    {
        var stopped = Stack.Deployment with
        {
            Server = Stack.Deployment.Server! with { Container = Stack.Deployment.Server.Container! with { State = "exited" } },
        };
        var backup = await ConfigurationStack.BackUpAsync(stopped, Repository, Sealing());
        var memory = backup.Manifest!.Memory!.Repositories;
        Assert.Equal([false, false, true], memory.Select(one => one.Problem is null));
        Assert.Equal("refs/heads/main", memory[2].Head);
    }

    /// <summary>Acts after the other parts have fixed their moment, and before they copy.</summary>
    private sealed class BetweenParts(Action act) : IBackupPart
    {
        public Task CaptureAsync(BackupDraft draft, CancellationToken cancellationToken)
        {
            act();
            return Task.CompletedTask;
        }

        public Task CopyAsync(BackupDraft draft, CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
