namespace LettaDr.Systems.Tests;

/// <summary>That a scheduler starts nothing is known from the machine's own files.</summary>
public sealed class SchedulerObstaclesTests : IDisposable
{
    private readonly TemporaryFolder _root = new("machine");
    private readonly TemporaryFolder _files = new("units");

    public SchedulerObstaclesTests() => Process(1, "init");

    public void Dispose()
    {
        _root.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData("cron", true)]
    [InlineData("crond", true)]
    [InlineData("crontab", false)]
    public void A_daemon_of_cron_is_known_by_its_name(string name, bool isCron)
    {
        Process(4711, name);

        Assert.Equal(isCron, Obstacles.OfCron() is null);
        Assert.Equal(isCron, List(DrScheduler.Cron, true) is { Problem: null, Enabled: true, NextRun: not null });
    }

    [Fact]
    public void A_daemon_in_a_container_starts_nothing_outside_of_it()
    {
        Process(4711, "cron", "pid:[4026532001]");
        Process("self", "lettadr", "pid:[4026531836]");

        Assert.Contains("service cron start", Obstacles.OfCron(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_processes_are_hidden_nothing_is_said_of_them()
    {
        Directory.Delete(Path.Combine(_root.Path, "proc", "1"), recursive: true);

        Assert.Null(Obstacles.OfCron());
    }

    [Fact]
    public void Timers_of_a_user_who_does_not_linger_have_a_problem_though_they_are_enabled_and_those_of_the_machine_have_none()
    {
        Assert.Contains("systemd does not run", List(DrScheduler.Systemd, false).Problem, StringComparison.Ordinal);
        Folder("run/systemd/system");
        Assert.Contains("is not enabled", List(DrScheduler.Systemd, false).Problem, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_files.Path, "timers.target.wants"));
        var timer = Path.GetFileName(Directory.GetFiles(_files.Path, "*.timer").Single());
        File.WriteAllText(Path.Combine(_files.Path, "timers.target.wants", timer), "");

        var alone = List(DrScheduler.Systemd, false);
        Assert.Contains($"loginctl enable-linger {Environment.UserName}", alone.Problem, StringComparison.Ordinal);
        Assert.True(alone is { Enabled: true, NextRun: not null });
        Assert.Null(List(DrScheduler.Systemd, true).Problem);
        File.WriteAllText(Path.Combine(Folder("var/lib/systemd/linger"), Environment.UserName), "");
        Assert.Null(List(DrScheduler.Systemd, false).Problem);
    }

    private SchedulerObstacles Obstacles => new(_root.Path);

    private string Folder(string path) => Directory.CreateDirectory(Path.Combine(_root.Path, path)).FullName;

    private void Process(object number, string name, string? inNamespace = null)
    {
        File.WriteAllText(Path.Combine(Folder($"proc/{number}"), "comm"), name + "\n");
        if (inNamespace is not null)
        {
            File.CreateSymbolicLink(Path.Combine(Folder($"proc/{number}/ns"), "pid"), inNamespace);
        }
    }

    private DrSchedule List(DrScheduler scheduler, bool system)
    {
        var host = new SchedulerHost(scheduler, system, _files.Path, IsLive: true) { Obstacles = Obstacles };
        var request = new ScheduleRequest
        {
            Plan = "letta", PlanPath = "/plan.yaml", Folder = host.Folder, System = system, User = "root", Program = ["/opt/lettadr"],
            Jobs = new Dictionary<DrJob, string> { [DrJob.Backup] = "7 * * * *" },
        };
        ScheduleFolder.Write(host.Folder, request.PlanPath, scheduler, host.FilesOf(request), force: false);
        return Assert.Single(Schedules.List([host], _files.Path, DateTimeOffset.Now));
    }
}
