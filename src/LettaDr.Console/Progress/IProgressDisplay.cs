using System.Management.Automation;

namespace LettaDr.Console;

/// <summary>Where commands' progress is shown. Called from any thread.</summary>
internal interface IProgressDisplay : IDisposable
{
    /// <summary>Takes a report.</summary>
    void Report(long sourceId, ProgressRecord record);

    /// <summary>Forgets all that is under way, as after the command ended.</summary>
    void Clear();

    /// <summary>Shows nothing for a while: another program has the terminal.</summary>
    void Suspend();

    /// <summary>Shows again.</summary>
    void Resume();
}
