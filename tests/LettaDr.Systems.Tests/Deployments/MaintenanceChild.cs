using System.Diagnostics;
using System.Globalization;

namespace LettaDr.Systems.Tests;

/// <summary>Entering or leaving maintenance in a process of its own, to be killed in the middle.</summary>
internal static class MaintenanceChild
{
    private const string Verb = "maintenance";

    /// <summary>Begins it; it stands still where a step begins.</summary>
    public static Process Start(MaintenanceStage stage, string way, string step)
    {
        string[] arguments = ["exec", typeof(MaintenanceChild).Assembly.Location, Verb, way, stage.Stack.Folder, stage.NotesFolder, step];
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
    }

    /// <summary>The other side of <see cref="Start"/>; null for arguments that are not its own.</summary>
    public static async Task<int?> RunAsync(string[] arguments)
    {
        if (arguments is not [Verb, var way, var folder, var notes, var step])
        {
            return null;
        }

        var observer = new CollectingObserver { OnStep = begun => StandStillIn(begun == step) };
        var deployment = await new DeploymentDiscovery(folder, ComposeStack.Nothing).FromPathAsync(".", CancellationToken.None);
        using var server = await ServerContainers.OpenAsync(deployment, CancellationToken.None);
        await using var door = new PostgresDoor(deployment.Database, OperationId.Next());
        var mode = new MaintenanceMode(
            deployment, server, door, new MaintenanceFiles(notes), observer, new JournalDirectory(Path.Combine(notes, "..", "child-journals")));
        _ = way == "enter"
            ? await mode.EnterAsync(new MaintenanceRequest { DisconnectSessions = true }, OperationId.Next(), CancellationToken.None)
            : await mode.ExitAsync(TimeSpan.FromMinutes(1), OperationId.Next(), CancellationToken.None);
        return 0;
    }

    private static void StandStillIn(bool thisStep)
    {
        if (thisStep)
        {
            Console.WriteLine(ChildProgram.Ready);
            using var kill = Process.Start("kill", ["-STOP", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
    }
}
