using System.Diagnostics;

namespace LettaDr.Console.Tests;

/// <summary>What is registered, as cron and systemd themselves take it.</summary>
public sealed class SchedulerTests : IDisposable
{
    // All that shells, cron and systemd have a meaning of their own for.
    private const string PlanName = "it's 100% $HOME.yaml";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly TemporaryFolder _folder = new();

    public SchedulerTests()
    {
        Directory.CreateDirectory(_folder.At("sets"));
        _folder.Write(PlanName, """
            name: nobodys
            deployment: postgresql://nobody@127.0.0.1:1/letta
            repository: sets
            """);
    }

    public void Dispose() => _folder.Dispose();

    [SchedulerFact]
    public void Cron_runs_what_is_due_and_mails_only_what_failed()
    {
        Do("Register-LettaDrSchedule Backup, Retention -Scheduler Cron -Folder units -Schedule @{ Backup = '* * * * *'; Retention = '* * * * *' } -Confirm:$false");
        Assert.Single(Directory.GetFiles(_folder.At("units")));

        // A minute is waited for, not five.
        using SchedulerContainer cron = new(_folder.Path, $"""
            printf '#!/bin/sh\nexec cat >>{_folder.At("mail")}\n' >/usr/sbin/sendmail && chmod 755 /usr/sbin/sendmail
            cp {_folder.At("units")}/* /etc/cron.d/ && sed -i 's|^\*/5 |* |' /etc/cron.d/lettadr* && exec cron -f
            """);

        for (Stopwatch waited = Stopwatch.StartNew(); !File.Exists(_folder.At("mail")) && waited.Elapsed < Limit; Thread.Sleep(200))
        {
        }

        Assert.Equal(
            "Backup Failed, Retention Passed",
            Do("(Get-LettaDrSchedule -Folder units | ForEach-Object { \"$($_.Job) $($_.LastRun.Outcome)\" }) -join ', '").Trim());
        string mail = File.ReadAllText(_folder.At("mail"));
        Assert.Contains("Backup of nobodys failed", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("Passed", mail, StringComparison.Ordinal);
    }

    [SchedulerFact]
    public void Systemd_finds_nothing_wrong_with_its_units()
    {
        Do("Register-LettaDrSchedule -Scheduler Systemd -Folder units -Confirm:$false");

        using SchedulerContainer systemd = new(_folder.Path, $"systemd-analyze verify --man=no {_folder.At("units")}/*");

        Assert.Equal((0, string.Empty), systemd.Wait());
    }

    private string Do(string command)
    {
        ProgramResult result = ConsoleProgram.Run("-NonInteractive", "-Command", $$"""
            $env:DOTNET_ROOT = '{{SchedulerContainer.Runtime}}'
            $env:XDG_STATE_HOME = '{{_folder.At("state")}}'
            Set-Location '{{_folder.Path}}'
            $PSDefaultParameterValues['Register-LettaDrSchedule:Plan'] = '{{_folder.At(PlanName).Replace("'", "''", StringComparison.Ordinal)}}'
            {{command}}
            """);
        Assert.Equal(string.Empty, result.Error);
        return result.Output;
    }
}
