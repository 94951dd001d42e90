namespace LettaDr.Systems.Tests;

/// <summary>The files of schedulers: written once, and nobody else's touched.</summary>
public sealed class ScheduleFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lettadr-units-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Writing_the_same_again_changes_nothing_and_a_job_that_is_no_longer_wanted_goes()
    {
        Assert.True(Write(DrJob.Backup, DrJob.Retention));
        Assert.False(Write(DrJob.Backup, DrJob.Retention));
        Assert.Equal(6, Directory.GetFiles(_folder).Length);
        Assert.True(Write(DrJob.Backup));
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
        Assert.All(Directory.GetFiles(_folder), file => Assert.True(
            OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0, file));
    }

    [Fact]
    public async Task What_somebody_changed_by_hand_is_neither_overwritten_nor_removed_without_force()
    {
        Write(DrJob.Backup);
        var timer = Directory.GetFiles(_folder, "*.timer").Single();
        File.AppendAllText(timer, "# mine\n");

        Assert.Equal("ScheduleFileChanged", Assert.Throws<LettaDrException>(() => Write(DrJob.Backup)).Id);
        Assert.Equal("ScheduleFileChanged", (await Assert.ThrowsAsync<LettaDrException>(() => RemoveAsync(force: false))).Id);
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
        Assert.False(Assert.Single(List()).IsUnchanged);
        Assert.True(await RemoveAsync(force: true));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(DrScheduler.Systemd, "systemctl --user disable --now $-retention.timer", "systemctl --user enable --now $-backup.timer")]
    [InlineData(
        DrScheduler.TaskScheduler, "schtasks /Delete /F /TN LettaDr\\$-retention", "schtasks /Create /F /TN LettaDr\\$-backup /XML")]
    public async Task The_scheduler_forgets_a_job_that_is_no_longer_wanted_before_its_file_goes(
        DrScheduler scheduler, string first, string last)
    {
        var (told, files) = (new List<string>(), new List<int>());
        var host = new SchedulerHost(scheduler, false, _folder, IsLive: true)
        {
            RunAsync = (program, arguments, _) =>
            {
                told.Add($"{program} {string.Join(' ', arguments)}");
                files.Add(Directory.GetFiles(_folder).Length);
                return Task.CompletedTask;
            },
        };
        var (both, one) = (Request("/plan.yaml", [DrJob.Backup, DrJob.Retention]), Request("/plan.yaml", [DrJob.Backup]));
        await Schedules.WriteAsync(host, "/plan.yaml", host.FilesOf(both), force: false, default);
        told.Clear();
        files.Clear();

        await Schedules.WriteAsync(host, "/plan.yaml", host.FilesOf(one), force: false, default);

        Assert.Equal(first.Replace("$", one.BaseName, StringComparison.Ordinal), told[0]);
        Assert.StartsWith(last.Replace("$", one.BaseName, StringComparison.Ordinal), told[^1], StringComparison.Ordinal);
        Assert.Equal(2 * files[^1], files[0]);
        await host.StopAsync(["a.service"], default);
        Assert.Equal(scheduler == DrScheduler.TaskScheduler, told[^1].Contains("LettaDr\\a", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_of_others_and_of_other_plans_stay()
    {
        Write(DrJob.Backup);
        var foreign = Path.Combine(_folder, "lettadr-of-somebody.timer");
        File.WriteAllText(foreign, "[Timer]\nOnCalendar=daily\n");
        Schedule("/other.yaml", [DrJob.Backup], force: false);

        Assert.True(await RemoveAsync(force: true));

        Assert.True(File.Exists(foreign));
        Assert.Equal("/other.yaml", Assert.Single(List()).PlanPath);
        File.WriteAllText(Request("/plan.yaml", [DrJob.Backup]) is var request ? SystemdUnits.Of(request)[0].Path : "", "# not ours\n");
        Assert.Equal("ScheduleFileNotOurs", Assert.Throws<LettaDrException>(() => Write(DrJob.Backup)).Id);
    }

    private SchedulerHost Host => new(DrScheduler.Systemd, false, _folder, IsLive: false);

    private List<DrSchedule> List() => [.. Schedules.List([Host], _folder, DateTimeOffset.Now)];

    private Task<bool> RemoveAsync(bool force) => Schedules.RemoveAsync(Host, "/plan.yaml", force, CancellationToken.None);

    private bool Write(params DrJob[] jobs) => Schedule("/plan.yaml", jobs, force: false);

    private bool Schedule(string plan, DrJob[] jobs, bool force) =>
        ScheduleFolder.Write(_folder, plan, DrScheduler.Systemd, SystemdUnits.Of(Request(plan, jobs)), force);

    private ScheduleRequest Request(string plan, DrJob[] jobs) => new()
    {
        Plan = "letta", PlanPath = plan, Folder = _folder, System = false, User = "root", Program = ["/opt/lettadr"],
        Jobs = jobs.ToDictionary(job => job, DrJobs.ExpressionOf),
    };
}
