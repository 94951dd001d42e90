using System.Net;
using System.Net.Sockets;

namespace LettaDr.Systems.Tests;

public sealed class ComposeRunnerTests
{
    private const string Sleeper = $"image: {TestImages.Server}, entrypoint: [sleep, '600'], labels: {{lettadr.test: '1'}}, stop_signal: KILL";

    [ComposeFact]
    public async Task Services_come_up_after_what_they_need_and_are_waited_for()
    {
        await using var folder = new ComposeFolder($$$"""
            services:
              last: { {{{Sleeper}}}, depends_on: { seed: { condition: service_completed_successfully }, checked: { condition: service_healthy } } }
              checked: { {{{Sleeper}}}, healthcheck: { test: [CMD, "true"], interval: 1s } }
              seed: { image: {{{TestImages.Server}}}, entrypoint: ["true"], labels: {lettadr.test: '1'}, depends_on: [cache] }
              cache: { image: {{{TestImages.Redis}}}, labels: {lettadr.test: '1'} }
              aside: { {{{Sleeper}}} }
            """);
        Assert.Equal(["cache", "seed", "checked", "last"], ComposeOrder.Of(folder.Project.Services, ["last"]).Select(service => service.Name));

        await folder.UpAsync(null, "last");

        var states = await folder.StatesAsync();
        Assert.Equal(("running", "running", "exited", "running"), (states["last"], states["checked"], states["seed"], states["cache"]));
        Assert.False(states.ContainsKey("aside"));
        Assert.Contains(folder.Observer.Messages, line => line.Contains("Creating", StringComparison.Ordinal) || line.Contains("Started", StringComparison.Ordinal));

        await (await folder.RunnerAsync()).StopAsync(["last", "cache"], default);

        states = await folder.StatesAsync();
        Assert.Equal(("exited", "running", "exited"), (states["last"], states["checked"], states["cache"]));
    }

    [ComposeFact]
    public async Task A_port_that_another_container_has_is_told_with_its_name()
    {
        await using var first = new ComposeFolder($$"""
            services: { one: { {{Sleeper}}, ports: ["127.0.0.1::7000"] } }
            """);
        await first.UpAsync();
        var holder = (await first.Engine.ListAsync(true, new Dictionary<string, string> { [ContainerMapping.ProjectLabel] = first.Project.Name.Value }, default)).Single().Container;
        var port = holder.PublishedPorts[7000];
        await using var second = new ComposeFolder($$"""
            services: { two: { {{Sleeper}}, ports: ["127.0.0.1:{{port}}:7000"] } }
            """);

        var failure = await Assert.ThrowsAsync<LettaDrException>(() => second.UpAsync());

        Assert.Equal(("PortTaken", FaultKind.Busy), (failure.Id, failure.Kind));
        Assert.StartsWith($"The port {port} of this machine is taken by the container {holder.Name}: ", failure.Message, StringComparison.Ordinal);
    }

    [ComposeFact]
    public async Task A_port_that_a_process_has_is_told_with_its_name()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var folder = new ComposeFolder($$"""
            services: { two: { {{Sleeper}}, ports: ["127.0.0.1:{{port}}:7000"] } }
            """);

        var failure = await Assert.ThrowsAsync<LettaDrException>(() => folder.UpAsync());

        Assert.Equal("PortTaken", failure.Id);
        Assert.Contains($"({Environment.ProcessId})", failure.Message, StringComparison.Ordinal);
        Assert.Contains($":{port}", failure.Message, StringComparison.Ordinal);
    }

    [ComposeFact]
    public async Task An_image_that_cannot_be_had_is_told_and_what_would_have_saved_it()
    {
        const string Image = "lettadr.invalid/no/such-image:7";
        await using var folder = new ComposeFolder($$"""
            services: { absent: { image: "{{Image}}" }, present: { {{Sleeper}} } }
            """);

        var failure = await Assert.ThrowsAsync<LettaDrException>(() => folder.UpAsync());

        Assert.Equal(("ImageNotAvailable", FaultKind.NotFound), (failure.Id, failure.Kind));
        Assert.StartsWith($"The image {Image} is not on this machine and cannot be pulled: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-IncludeImages", failure.Remedy, StringComparison.Ordinal);
    }

    [ComposeFact]
    public async Task A_service_that_is_not_healthy_in_time_is_told_with_what_its_check_said()
    {
        await using var folder = new ComposeFolder($$"""
            services: { ill: { {{Sleeper}}, healthcheck: { test: "echo the heart is faint; exit 1", interval: 1s, retries: 1 } } }
            """);

        var failure = await Assert.ThrowsAsync<LettaDrException>(() => folder.UpAsync(TimeSpan.FromSeconds(15)));

        Assert.Equal("ServiceNotReady", failure.Id);
        Assert.Contains("unhealthy (the heart is faint)", failure.Message, StringComparison.Ordinal);
    }

    [ComposeFact]
    public async Task A_service_that_ends_at_once_is_told_with_its_log()
    {
        await using var folder = new ComposeFolder($$"""
            services: { brief: { image: {{TestImages.Server}}, entrypoint: [sh, -c, "echo cannot go on >&2; exit 3"], labels: {lettadr.test: '1'} } }
            """);

        var failure = await Assert.ThrowsAsync<LettaDrException>(() => folder.UpAsync());

        Assert.Equal("ServiceStopped", failure.Id);
        Assert.EndsWith("stopped again with exit code 3; its log ends with: cannot go on", failure.Message, StringComparison.Ordinal);
    }

    [ComposeFact]
    public async Task Stopping_in_mid_course_ends_the_tool()
    {
        await using var folder = new ComposeFolder($$"""
            services: { one: { {{Sleeper}} } }
            """);
        var runner = await folder.RunnerAsync();
        using var stopping = new CancellationTokenSource();
        folder.Observer.Messages.Clear();
        var stopped = new CollectingObserver { OnStep = _ => stopping.Cancel() };
        var project = folder.Project;
        var other = new ComposeRunner(await ComposeTool.FindAsync(null, default), project, folder.Engine, new Dictionary<string, string>(), stopped);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other.UpAsync(null, TimeSpan.FromMinutes(1), stopping.Token));

        await runner.UpAsync(null, TimeSpan.FromMinutes(1), default);
        Assert.Equal("running", (await folder.StatesAsync())["one"]);
    }

    [ComposeFact]
    public async Task Secrets_for_the_files_are_in_the_environment_and_in_no_line()
    {
        await using var folder = new ComposeFolder($$"""
            services: { one: { {{Sleeper}}, environment: { ANOTHER_SECRET: "${ANOTHER_SECRET:?must be given}" } } }
            """.Replace("ANOTHER_SECRET:?", "ANOTHER_SECRET:-", StringComparison.Ordinal));
        var runner = await folder.RunnerAsync(environment: new Dictionary<string, string> { ["ANOTHER_SECRET"] = "hush-compose" });

        await runner.UpAsync(null, TimeSpan.FromMinutes(1), default);

        var made = (await folder.Engine.ListAsync(true, new Dictionary<string, string> { [ContainerMapping.ProjectLabel] = folder.Project.Name.Value }, default)).Single();
        Assert.Equal("hush-compose", made.Environment["ANOTHER_SECRET"]);
        Assert.DoesNotContain(folder.Observer.Messages, line => line.Contains("hush-compose", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_tool_on_the_PATH_the_remedy_is_told()
    {
        using var empty = new TemporaryFolder();
        var failure = await Assert.ThrowsAsync<LettaDrException>(() => ComposeTool.FindAsync(empty.Path, default));
        Assert.Equal(("ComposeNotInstalled", FaultKind.NotInstalled), (failure.Id, failure.Kind));
        Assert.Contains("docker-compose-plugin", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_without_the_plugin_is_passed_over()
    {
        using var bin = new TemporaryFolder();
        await ProgramAsync(bin, "docker", "echo 'Docker version 28.2.2, build e6534b4'");
        await ProgramAsync(bin, "docker-compose", "echo 1.29.2");

        Assert.Equal("docker-compose 1.29.2", (await ComposeTool.FindAsync(bin.Path, default)).ToString());
    }

    [ComposeFact]
    public async Task The_plugin_goes_before_the_program()
    {
        using var bin = new TemporaryFolder();
        var installed = (await ComposeTool.FindAsync(null, default)).Name;
        await ProgramAsync(
            bin, "docker", $"[ \"$1\" = compose ] || exit 1; shift; if [ \"$1\" = version ]; then echo v2.27.0; else exec {installed} \"$@\"; fi");
        await using var folder = new ComposeFolder($$"""
            services: { one: { {{Sleeper}} } }
            """);
        var tool = await ComposeTool.FindAsync(bin.Path + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"), default);
        Assert.Equal("docker compose 2.27.0", tool.ToString());

        await (await folder.RunnerAsync(bin.Path)).UpAsync(["one"], TimeSpan.FromMinutes(1), default);

        Assert.Equal("running", (await folder.StatesAsync())["one"]);
    }

    private static async Task ProgramAsync(TemporaryFolder folder, string name, string script)
    {
        using var chmod = System.Diagnostics.Process.Start("chmod", ["+x", folder.Write(name, $"#!/bin/sh\n{script}\n")]);
        await chmod.WaitForExitAsync();
    }
}
