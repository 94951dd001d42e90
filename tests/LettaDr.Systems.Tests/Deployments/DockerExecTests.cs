using System.Diagnostics;
using System.Text;

namespace LettaDr.Systems.Tests;

public sealed class DockerExecTests(ShellContainer shell) : IClassFixture<ShellContainer>
{
    [DockerFact(TestImages.Redis)]
    public async Task Separates_output_from_errors_and_gives_the_exit_code()
    {
        using var output = new MemoryStream();
        var result = await RunAsync(output, "sh", "-c", "echo out; echo bad >&2; exit 7");
        Assert.Equal("out\n", Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal(7, result.ExitCode);
        Assert.Equal("bad\n", result.StandardError);
    }

    [DockerFact(TestImages.Redis)]
    public async Task Arguments_arrive_as_given_and_environment_is_passed()
    {
        using var output = new MemoryStream();
        var environment = new Dictionary<string, string> { ["SECRET_WORD"] = "a b'\"$x\nc" };
        await shell.Engine.ExecAsync(
            shell.Id, ["sh", "-c", "printf '%s|' \"$@\" \"$SECRET_WORD\"", "sh", "a b", "$HOME", "", "é"], environment, null, output, null, default);
        Assert.Equal("a b|$HOME||é|a b'\"$x\nc|", Encoding.UTF8.GetString(output.ToArray()));
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_program_that_is_not_there_fails_with_127()
    {
        var result = await RunAsync(null, "no-such-program");
        Assert.Equal(127, result.ExitCode);
        Assert.Contains("no-such-program", result.StandardError, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Redis)]
    public async Task Feeds_standard_input_to_its_end()
    {
        var bytes = new byte[40_000_000];
        new Random(1).NextBytes(bytes);
        using var input = new MemoryStream(bytes);
        using var output = new MemoryStream();
        var result = await shell.Engine.ExecAsync(shell.Id, ["cat"], null, input, output, null, default);
        Assert.Equal(0, result.ExitCode);
        Assert.True(bytes.AsSpan().SequenceEqual(output.GetBuffer().AsSpan(0, (int)output.Length)));
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_program_may_stop_reading_before_its_input_ends()
    {
        using var input = new MemoryStream(new byte[20_000_000]);
        using var output = new MemoryStream();
        var result = await shell.Engine.ExecAsync(shell.Id, ["head", "-c", "10"], null, input, output, null, default);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(10, output.Length);
    }

    [DockerFact(TestImages.Redis)]
    public async Task Keeps_the_last_64_KB_of_errors()
    {
        var result = await RunAsync(null, "sh", "-c", "i=0; while [ $i -lt 20000 ]; do echo \"line $i of the errors\" >&2; i=$((i+1)); done");
        Assert.InRange(result.StandardError.Length, 60_000, 65_536);
        Assert.EndsWith("line 19999 of the errors\n", result.StandardError, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_gigabyte_comes_through_whole()
    {
        const long bytes = 1L << 30;
        var counter = new CountingStream();
        var result = await RunAsync(counter, "head", "-c", bytes.ToString(System.Globalization.CultureInfo.InvariantCulture), "/dev/zero");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(bytes, counter.Length);
    }

    [DockerFact(TestImages.Redis)]
    public async Task Cancelling_ends_the_program_and_its_children_before_the_call_returns()
    {
        using var stop = new CancellationTokenSource();
        var marker = "97531" + Random.Shared.Next(1000, 9999);
        var running = shell.Engine.ExecAsync(
            shell.Id, ["sh", "-c", $"sleep {marker} & (trap '' TERM; sleep {marker}) & wait"], null, null, null, null, stop.Token);
        while (await CountAsync(marker) < 2)
        {
            await Task.Delay(50);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(0, await CountAsync(marker));
    }

    [DockerFact(TestImages.Redis)]
    public async Task Cancelling_ends_a_program_that_nobody_reads_from()
    {
        using var stop = new CancellationTokenSource();
        var sink = new StuckStream();
        var running = shell.Engine.ExecAsync(shell.Id, ["dd", "if=/dev/zero", "bs=97533"], null, null, sink, null, stop.Token);
        await sink.Stuck;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(0, await CountAsync("bs=97533"));
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_sink_that_fails_ends_the_program_and_its_failure_is_told()
    {
        var failure = await Assert.ThrowsAsync<IOException>(() => shell.Engine.ExecAsync(
            shell.Id, ["dd", "if=/dev/zero", "bs=97535"], null, null, new FailingStream(new IOException("disk full")), null, default));
        Assert.Equal("disk full", failure.Message);
        Assert.Equal(0, await CountAsync("bs=97535"));
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_source_that_fails_ends_the_program_and_its_failure_is_told()
    {
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => shell.Engine.ExecAsync(
            shell.Id, ["sh", "-c", "sleep 97537; cat"], null, new FailingStream(new InvalidDataException("bad frame")), null, null, default));
        Assert.Equal("bad frame", failure.Message);
        Assert.Equal(0, await CountAsync("97537"));
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_container_killed_underneath_is_never_success()
    {
        var id = await shell.RunAsync(new DockerRunRequest { Image = TestImages.Redis, Entrypoint = ["sleep"], Command = ["1000"] });
        using var said = new MemoryStream();
        var running = shell.Engine.ExecAsync(id, ["sh", "-c", "echo begun; sleep 1000"], null, null, said, null, default);
        await Eventually.TrueAsync(() => said.Length > 0);
        await shell.Engine.Containers.KillAsync(id, default);
        var result = await running;
        Assert.NotEqual(0, result.ExitCode);
    }

    [DockerFact(TestImages.Redis)]
    public async Task A_container_that_is_not_there_is_named_in_the_failure()
    {
        var fault = await Assert.ThrowsAsync<LettaDrException>(() => shell.Engine.ExecAsync("lettadr-none", ["true"], null, null, null, null, default));
        Assert.Equal(FaultKind.NotFound, fault.Kind);
        Assert.Contains("lettadr-none", fault.Message, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Redis)]
    public async Task Copies_a_file_into_the_container_for_its_owner_alone()
    {
        var bytes = new byte[3_000_001];
        new Random(2).NextBytes(bytes);
        await shell.Engine.CopyToAsync(shell.Id, "/tmp/copied.bin", new MemoryStream(bytes), bytes.Length, default);
        using var output = new MemoryStream();
        await RunAsync(output, "cat", "/tmp/copied.bin");
        Assert.True(bytes.AsSpan().SequenceEqual(output.ToArray()));
        Assert.StartsWith("600 root", await shell.ReadAsync("stat", "-c", "%a %U", "/tmp/copied.bin"), StringComparison.Ordinal);
    }

    private Task<DockerExecResult> RunAsync(Stream? output, params string[] command) =>
        shell.Engine.ExecAsync(shell.Id, command, null, null, output, null, default);

    /// <summary>Processes in the container whose command line holds the text.</summary>
    private async Task<int> CountAsync(string text)
    {
        var lines = await shell.ReadAsync("sh", "-c", "for f in /proc/[0-9]*/cmdline; do tr '\\0' ' ' < $f 2>/dev/null; echo; done; true");
        return lines.Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal) && !line.StartsWith("sh -c", StringComparison.Ordinal));
    }
}
