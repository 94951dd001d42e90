namespace LettaDr.Systems.Tests;

/// <summary>What cannot be received is refused beforehand; what needs a password does not show it.</summary>
public sealed class WalRefusalTests
{
    [DockerFact(TestImages.Postgres)]
    public async Task ARoleWithoutTheRightAndASlotOfAnotherAreRefused()
    {
        await using var archived = await ArchivedServer.StartAsync();
        var role = await archived.Server.CreateRoleAsync();

        var fault = await Assert.ThrowsAsync<LettaDrException>(() => archived.Archiving.PlanAsync(
            archived.Request with { Deployment = archived.Deployment with { Database = archived.Deployment.Database with { UserName = role, Password = new Secret(role) } } }, CancellationToken.None));
        Assert.Equal(("RoleCannotReplicate", FaultKind.PermissionDenied), (fault.Id, fault.Kind));
        Assert.Contains("REPLICATION", fault.Remedy, StringComparison.Ordinal);

        await archived.ReceiveAsync();
        using var elsewhere = new TemporaryRepository();
        var busy = await Assert.ThrowsAsync<LettaDrException>(() =>
            new WalArchiving(archived.Server.Docker, elsewhere.Directory, NoObserver.Instance).PlanAsync(archived.Request, CancellationToken.None));
        Assert.Equal("SlotInUse", busy.Id);
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere.Path));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task APasswordThatIsAskedForIsInNothingThatDescribesTheReceiver()
    {
        const string Password = "f1sh\\:&chips";
        await using var archived = await ArchivedServer.StartAsync();
        await archived.ExecuteAsync($"ALTER ROLE postgres PASSWORD '{Password}'");
        await archived.Server.ShellAsync("sed -i '/127.0.0.1/s/trust/scram-sha-256/' \"$PGDATA\"/pg_hba.conf; psql -qXU postgres -c 'SELECT pg_reload_conf()'");
        var deployment = archived.Deployment with { Database = archived.Deployment.Database with { Password = new Secret(Password) } };

        var wrong = archived.Request with { Deployment = deployment with { Database = deployment.Database with { Password = new Secret("wrong") } } };
        Assert.Equal("AuthenticationFailed", (await Assert.ThrowsAsync<LettaDrException>(() => archived.Archiving.PlanAsync(wrong, CancellationToken.None))).Id);

        var plan = await archived.Archiving.PlanAsync(archived.Request with { Deployment = deployment }, CancellationToken.None);
        var archive = await archived.Archiving.StartAsync(plan, CancellationToken.None);

        Assert.Equal(WalArchiveState.Streaming, archive.State);
        Assert.True(archive.LagBytes is not null);
        var receiver = await archived.ReceiverAsync();
        var described = string.Join('\n', [.. receiver.Environment.Values, .. receiver.Labels.Values, .. receiver.Command, plan.Describe(), archive.ToString()]);
        Assert.DoesNotContain("f1sh", described, StringComparison.Ordinal);
        Assert.All(Directory.EnumerateFiles(archive.Path), path => Assert.DoesNotContain("f1sh", File.ReadAllText(path), StringComparison.Ordinal));
    }
}
