namespace LettaDr.Systems;

/// <summary>The schedules of a machine.</summary>
internal static class Schedules
{
    /// <summary>What is scheduled.</summary>
    /// <param name="hosts">Where to look.</param>
    /// <param name="records">The folder of records.</param>
    /// <param name="now">The moment that the next run comes after.</param>
    public static IEnumerable<DrSchedule> List(IReadOnlyList<SchedulerHost> hosts, string records, DateTimeOffset now) =>
        from host in hosts
        from found in ScheduleFolder.List(host.Folder)
        where found.Mark.Scheduler == host.Scheduler
        from job in found.Mark.Jobs.OrderBy(job => job.Key)
        let enabled = host.IsEnabled(found.Path)
        select new DrSchedule
        {
            Plan = found.Mark.Plan, PlanPath = found.Mark.PlanPath, Job = job.Key, Expression = job.Value, Scheduler = host.Scheduler, File = found.Path,
            IsUnchanged = found.IsUnchanged, Enabled = enabled, Problem = host.ProblemOf(found.Path),
            LastRun = new JobRecord(records, found.Mark.Plan, found.Mark.PlanPath, job.Key).Read(),
            NextRun = enabled == false ? null : JobTimes.After(job.Value, now),
        };

    /// <summary>Has a scheduler do what files of a plan say, and nothing else of that plan.</summary>
    /// <exception cref="LettaDrException">A file there is not ours, or was changed by hand; nothing was changed then.</exception>
    public static async Task WriteAsync(
        SchedulerHost host, string planPath, IReadOnlyList<DrScheduleFile> files, bool force, CancellationToken cancellationToken)
    {
        // A scheduler goes on with what it was told, whether the file is there or not.
        var gone = ScheduleFolder.Gone(host.Folder, planPath, host.Scheduler, files, force);
        await host.StopAsync([.. gone.Select(found => found.Path)], cancellationToken).ConfigureAwait(false);
        ScheduleFolder.Write(host.Folder, planPath, host.Scheduler, files, force);
        await host.StartAsync([.. files.Select(file => file.Path)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes all that belongs to a plan file.</summary>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="LettaDrException">A file was changed by hand, or may not be removed; nothing was removed then.</exception>
    public static async Task<bool> RemoveAsync(SchedulerHost host, string planPath, bool force, CancellationToken cancellationToken)
    {
        var files = Of(host, planPath);
        ScheduleFolder.Check(files, force);
        await host.StopAsync([.. files.Select(found => found.Path)], cancellationToken).ConfigureAwait(false);
        ScheduleFolder.Remove(host.Folder, files, force);
        return files.Count > 0;
    }

    /// <summary>A plan's files.</summary>
    public static IReadOnlyList<ScheduleFolder.Found> Of(SchedulerHost host, string planPath) =>
        [.. ScheduleFolder.List(host.Folder).Where(found => found.Mark.PlanPath == planPath && found.Mark.Scheduler == host.Scheduler)];
}
