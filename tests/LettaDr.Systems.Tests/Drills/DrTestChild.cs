using System.Diagnostics;

namespace LettaDr.Systems.Tests;

/// <summary>A recovery test in a process of its own, which stands still at a step until it is killed.</summary>
internal sealed class DrTestChild : ChildHandle
{
    private const string Verb = "recovery-test";

    private DrTestChild(Process process)
        : base(process)
    {
    }

    public static async Task<DrTestChild> StandsStillAsync(DrTestScenario scenario, TemporaryRepository repository, string step)
    {
        string[] arguments = ["exec", typeof(DrTestChild).Assembly.Location, Verb, scenario.ToString(), repository.Path, step];
        var child = new DrTestChild(Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!);
        await child.StandsStillAsync();
        return child;
    }

    /// <summary>The other side; null for arguments that are not its own.</summary>
    public static async Task<int?> RunAsync(string[] arguments)
    {
        if (arguments is not [Verb, var scenario, var folder, var step])
        {
            return null;
        }

        var observer = new CollectingObserver
        {
            OnStep = begun =>
            {
                if (begun == step)
                {
                    ChildProgram.StopSelf();
                }
            },
        };
        await DrTestCopyTests.RunAsync(
            Enum.Parse<DrTestScenario>(scenario), new DirectoryRepository(folder), observer, CancellationToken.None);
        return 0;
    }
}
