namespace LettaDr.Systems.Tests;

[Collection(nameof(RedisCollection))]
public sealed class ContainerUploadTests(RedisServers servers)
{
    [DockerFact(TestImages.Redis)]
    public async Task What_is_added_is_there_for_its_owner_alone_and_a_target_that_fails_is_told()
    {
        await using var scratch = await ScratchContainer.StartAsync(servers.Engine, TestImages.Redis, null, [], CancellationToken.None);
        await using (var upload = new ContainerUpload(scratch, "/tmp", 65534, CancellationToken.None))
        {
            upload.AddFolder("given");
            Write(upload.AddFile("given/one", 600), 600);
            Write(upload.AddFile("given/none", 0), 0);
            await upload.CompleteAsync();
        }

        Assert.Equal(
            "700 65534 65534,600 65534 65534 600,600 65534 65534 0",
            (await scratch.ShellAsync(
                "cd /tmp/given; stat -c '%a %u %g' .; stat -c '%a %u %g %s' one none", [], "65534:65534", CancellationToken.None)).Trim().Replace('\n', ','));

        // Far more than a pipe holds: it neither hangs nor speaks of a broken pipe.
        await using var nowhere = new ContainerUpload(scratch, "/nowhere", 65534, CancellationToken.None);
        var fault = await Assert.ThrowsAsync<LettaDrException>(async () =>
        {
            Write(nowhere.AddFile("large", 64 << 20), 64 << 20);
            await nowhere.CompleteAsync();
        });
        Assert.Equal("ScratchContainerFailed", fault.Id);
        Assert.Contains("/nowhere", fault.Message, StringComparison.Ordinal);

        await using var cut = new ContainerUpload(scratch, "/tmp", 65534, CancellationToken.None);
        Write(cut.AddFile("cut", 600), 599);
        await Assert.ThrowsAsync<EndOfStreamException>(cut.CompleteAsync);
    }

    private static void Write(Stream file, int bytes)
    {
        using (file)
        {
            file.Write(new byte[bytes]);
        }
    }
}
