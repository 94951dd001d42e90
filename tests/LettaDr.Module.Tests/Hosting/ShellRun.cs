using System.Management.Automation;

namespace LettaDr.Module.Tests;

/// <summary>What came of running a script.</summary>
internal sealed record ShellRun
{
    public required IReadOnlyList<PSObject> Output { get; init; }

    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    /// <summary>What ended the script; null when it came to its end.</summary>
    public required Exception? Thrown { get; init; }

    public required IReadOnlyList<string> Verbose { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<ProgressRecord> Progress { get; init; }

    public required IReadOnlyList<Prompt> Prompts { get; init; }

    /// <summary>What stood on the screen.</summary>
    public required string Text { get; init; }

    /// <summary>The same run, when nothing went wrong in it.</summary>
    public ShellRun Clean()
    {
        Assert.Null(Thrown);
        Assert.Empty(Errors.Select(error => error.ToString()));
        return this;
    }

    /// <summary>The one object written, when nothing went wrong.</summary>
    public dynamic Single() => Assert.Single(Clean().Output);

    /// <summary>The same, without PowerShell's wrapping.</summary>
    public object Value() => ((PSObject)Single()).BaseObject;

    /// <summary>Everything that left the pipeline by any way, with all that errors carry.</summary>
    public string Everything() => string.Join(
        "\n",
        [
            Text, .. Output.Select(item => item?.ToString() ?? string.Empty), .. Verbose, .. Warnings, Thrown?.ToString() ?? string.Empty,
            .. Errors.Select(Words), .. Progress.Select(record => record.ToString()), .. Prompts.Select(prompt => prompt.ToString()),
        ]);

    private static string Words(ErrorRecord error) => string.Join(
        "\n", error, error.Exception, error.ErrorDetails?.Message, error.ErrorDetails?.RecommendedAction, error.FullyQualifiedErrorId,
        error.CategoryInfo, error.TargetObject, error.InvocationInfo?.Line, error.ScriptStackTrace);
}
