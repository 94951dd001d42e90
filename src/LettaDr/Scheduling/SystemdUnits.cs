namespace LettaDr;

/// <summary>Units of systemd: for each job a timer, the service that it starts, and the service that tells when that died.</summary>
internal static class SystemdUnits
{
    /// <summary>The units of a request.</summary>
    public static IReadOnlyList<DrScheduleFile> Of(ScheduleRequest request) =>
        [.. request.Jobs.OrderBy(job => job.Key).SelectMany(job => Of(request, job.Key, job.Value))];

    /// <summary>The name of a job's timer.</summary>
    public static string TimerOf(string baseName, DrJob job) => $"{baseName}-{ScheduleName.Of(job)}.timer";

    private static IEnumerable<DrScheduleFile> Of(ScheduleRequest request, DrJob job, string expression)
    {
        var name = $"{request.BaseName}-{ScheduleName.Of(job)}";
        // A backslash at its end would join the next line to it.
        var about = string.Concat($"{job} of {request.Plan}".Select(letter => char.IsControl(letter) || letter == '\\' ? ' ' : letter))
            .Replace("%", "%%", StringComparison.Ordinal);
        yield return File(request, $"{name}.timer", new Dictionary<DrJob, string> { [job] = expression }, $"""
            [Unit]
            Description=LettaDr starts {about}

            [Timer]
            OnCalendar={CalendarExpression.ForSystemd(expression)}
            {(DrJobs.KeepsItsHour(job) ? "" : "Persistent=true\n")}RandomizedDelaySec=60
            Unit={name}.service

            [Install]
            WantedBy=timers.target

            """);

        // A service that runs is not started again: systemd itself keeps one job from overlapping with itself.
        yield return File(request, $"{name}.service", new Dictionary<DrJob, string>(), $"""
            [Unit]
            Description=LettaDr: {about}
            OnFailure={name}-report.service
            {(request.System ? "Wants=network-online.target\nAfter=network-online.target docker.service\n" : "")}
            {Service(request, request.CommandLine($"-Job {job}"))}
            """);
        yield return File(request, $"{name}-report.service", new Dictionary<DrJob, string>(), $"""
            [Unit]
            Description=LettaDr tells that {about} died

            {Service(request, request.CommandLine($"-Job {job} -ReportOnly"))}
            """);
    }

    // The command ends a job by itself at the limit, and tells; this is for a command that cannot.
    private static int Timeout(ScheduleRequest request) => (int)((request.Limit ?? DrJobs.Limit) + TimeSpan.FromHours(1)).TotalSeconds;

    private static string Service(ScheduleRequest request, IReadOnlyList<string> commandLine) => $"""
        [Service]
        Type=oneshot
        TimeoutStartSec={Timeout(request)}
        {string.Concat(request.Variables.Select(variable => $"Environment={Quote($"{variable.Key}={variable.Value}")}\n"))}ExecStart={string.Join(' ', commandLine.Select((part, at) => Quote(part, at > 0)))}

        """;

    // systemd.service(5), "Command lines": C escapes within double quotes; % begins a specifier and $ a variable wherever they are.
    private static string Quote(string text, bool expands = false)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal);
        return $"\"{(expands ? escaped.Replace("$", "$$", StringComparison.Ordinal) : escaped)}\"";
    }

    private static DrScheduleFile File(ScheduleRequest request, string name, IReadOnlyDictionary<DrJob, string> jobs, string content) => new(
        Path.Combine(request.Folder, name),
        new ScheduleMark { Plan = request.Plan, PlanPath = request.PlanPath, Scheduler = DrScheduler.Systemd, Jobs = jobs }.Over(content.ReplaceLineEndings("\n")));
}
