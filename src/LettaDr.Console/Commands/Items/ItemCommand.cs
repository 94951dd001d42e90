using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>
/// What commands over paths have in common: paths with wildcards, or meant literally, each with its own errors.
/// </summary>
public abstract class ItemCommand : PSCmdlet
{
    /// <summary>Parameter set of <see cref="Path"/>.</summary>
    protected const string PathSet = "Path";

    /// <summary>Parameter set of <see cref="LiteralPath"/>.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    /// <summary>The paths; wildcards are resolved.</summary>
    [Parameter(Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public virtual string[]? Path { get; set; }

    /// <summary>The paths as they stand.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[]? LiteralPath { get; set; }

    /// <summary>Whether the paths are meant literally.</summary>
    protected bool IsLiteral => LiteralPath is not null;

    /// <summary>The paths that were given.</summary>
    protected string[] Given => LiteralPath ?? Path ?? [];

    /// <summary>Does something with each path; what goes wrong with one does not keep it from the others.</summary>
    protected void ForEachPath(Action<string> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        foreach (string path in Given)
        {
            try
            {
                action(path);
            }
            catch (Exception e) when (FilePaths.IsOfItem(e))
            {
                WriteError(FilePaths.ErrorOf(e, path));
            }
        }
    }
}
