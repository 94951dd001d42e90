using System.Text;

namespace LettaDr.Module.Tests;

/// <summary>The password is in no stream, no file, no view and no process list.</summary>
[Collection(LargeSandboxCollection.Name)]
public sealed class SecrecyTests(LargeSandbox sandbox) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Shell _shell = new();

    public void Dispose()
    {
        sandbox.DropBeside();
        _shell.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task No_stream_no_file_and_no_command_line_shows_it()
    {
        _shell.With("repository", Path.Combine(_folder, "repository")).With("deployment", sandbox.Deployment).With("sandbox", sandbox.Value);
        _shell.Screen.Answer = _ => 0;
        var seen = new StringBuilder();
        var lines = new HashSet<string>(StringComparer.Ordinal);
        using (var watching = new CancellationTokenSource())
        {
            var watch = Task.Run(() => WatchCommandLines(lines, watching.Token));
            string[] scripts =
            [
                $"$VerbosePreference = 'Continue'; $DebugPreference = 'Continue'; $found = Get-LettaDeployment -Project {sandbox.Name}; $found",
                "Test-LettaDeployment $found",
                "Backup-LettaDatabase $deployment $repository -WhatIf",
                "$set = Backup-LettaDatabase $deployment $repository -Confirm -Verbose; $set",
                "$set | Test-LettaBackup -Level Restore -Verbose",
                "$set | Restore-LettaDatabase -Deployment $deployment -DisconnectSessions -WhatIf",
                "$set | Restore-LettaDatabase -Deployment $deployment -DisconnectSessions -Verbose",
                "$set | Restore-LettaDatabase -Deployment $deployment -TargetDatabase letta -Owner nobody-there",
                "Undo-LettaRestore $deployment -DisconnectSessions -Verbose",
                "$deployment; $deployment.Database; $deployment.Facts; $deployment.Containers; $deployment.Server; $deployment.Cache; $sandbox; $set.Manifest; $set.Manifest.Files",
                "$deployment | Format-List -Property *; $deployment.Database | Format-List -Property * -Force; $found.Database | Format-Custom -Property * -Depth 5",
                "\"$deployment $($deployment.Database) $($deployment.Database.Password) $found $set\"; $Error | Format-List -Property * -Force",
            ];
            foreach (var script in scripts)
            {
                seen.AppendLine(_shell.Show(script).Everything());
            }

            await watching.CancelAsync();
            await watch;
        }

        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".json" or ".txt" or "" or ".pgdump").Concat(LocalState.Journals()))
        {
            seen.AppendLine(Encoding.Latin1.GetString(File.ReadAllBytes(file)));
        }

        Assert.Contains(lines, line => line.Contains("pg_dump", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("pg_restore", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(sandbox.Password, StringComparison.Ordinal));
        Assert.Contains("********", seen.ToString(), StringComparison.Ordinal);
        Assert.Contains("Undo", seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(sandbox.Password, seen.ToString(), StringComparison.Ordinal);
    }

    private static void WatchCommandLines(HashSet<string> lines, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
            {
                try
                {
                    lines.Add(File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' '));
                }
                catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
                {
                    // It has ended meanwhile.
                }
            }

            Thread.Sleep(25);
        }
    }
}
