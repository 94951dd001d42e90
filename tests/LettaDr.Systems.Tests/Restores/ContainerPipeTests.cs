namespace LettaDr.Systems.Tests;

/// <summary>Bytes of this process on their way to a program in a container.</summary>
public sealed class ContainerPipeTests
{
    private const int Size = 3_000_000;

    [DockerFact(TestImages.Postgres)]
    public async Task What_is_given_arrives_and_neither_end_waits_for_one_that_has_gone()
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        using var exchange = RecoveryExchange.Create(engine);
        await using var container = await ScratchContainer.StartAsync(engine, TestImages.Postgres, null, [exchange.Volume], CancellationToken.None);
        using var pipe = ContainerPipe.Create(exchange);
        Task<string> ShellAsync(string script) => container.ShellAsync(script, [pipe.Mount], "postgres", CancellationToken.None);

        var whole = ShellAsync("wc -c < \"$1\"");
        await pipe.FeedAsync(new MemoryStream(new byte[Size]), whole);
        Assert.Equal(Size, int.Parse(await whole, System.Globalization.CultureInfo.InvariantCulture));

        // It never opens the pipe; it closes it after the first bytes; what it is given turns out to be damaged.
        var unopened = await Assert.ThrowsAsync<LettaDrException>(() => pipe.FeedAsync(new MemoryStream(new byte[Size]), ShellAsync("echo no use >&2; exit 3")));
        Assert.Contains("no use", unopened.Message, StringComparison.Ordinal);
        var closed = await Assert.ThrowsAsync<LettaDrException>(
            () => pipe.FeedAsync(new MemoryStream(new byte[Size]), ShellAsync("head -c 10 < \"$1\" > /dev/null; echo enough >&2; exit 4")));
        Assert.Contains("enough", closed.Message, StringComparison.Ordinal);
        // It has ended before anybody opens the other end.
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => pipe.FeedAsync(new MemoryStream(new byte[Size]), Task.CompletedTask).WaitAsync(TimeSpan.FromMinutes(1)));
        await Assert.ThrowsAsync<InvalidDataException>(() => pipe.FeedAsync(new DamagedStream(), ShellAsync("cat < \"$1\" > /dev/null; exit 5")));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_disk_that_does_not_take_what_was_laid_out_is_told()
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        await using var container = await ScratchContainer.StartAsync(engine, TestImages.Postgres, null, [], CancellationToken.None);
        var folder = new ClusterFolder(container, "/tmp");
        await folder.FlushAsync(CancellationToken.None);
        await container.ShellAsync(
            "printf '#!/bin/sh\\nif [ $1 = --help ]; then exec /usr/bin/sync --help; fi; echo no disk >&2; exit 1\\n' > /usr/local/bin/sync; chmod +x /usr/local/bin/sync",
            [], null, CancellationToken.None);

        var failure = await Assert.ThrowsAsync<LettaDrException>(() => folder.FlushAsync(CancellationToken.None));

        Assert.Contains("no disk", failure.Message, StringComparison.Ordinal);
    }

    private sealed class DamagedStream : ReadOnlyStream
    {
        private int _read;

        public override int Read(Span<byte> buffer)
        {
            _read += buffer.Length;
            return _read <= Size ? buffer.Length : throw new InvalidDataException("damaged");
        }
    }
}
