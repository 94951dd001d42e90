using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Test-Path: tells whether a path names something.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = PathSet)]
public sealed class TestPathCommand : ItemCommand
{
    /// <summary>The paths; wildcards are resolved.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = PathSet,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public override string[]? Path { get; set; }

    /// <summary>What it must be.</summary>
    [Parameter]
    [Alias("Type")]
    public TestedPathType PathType { get; set; } = TestedPathType.Any;

    /// <summary>Asks only whether it could be a path.</summary>
    [Parameter]
    public SwitchParameter IsValid { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string? path in Given)
        {
            WriteObject(!string.IsNullOrWhiteSpace(path) && Holds(path));
        }
    }

    private bool Holds(string path)
    {
        try
        {
            if (IsValid)
            {
                return SessionState.Path.IsValid(path);
            }

            if (!InvokeProvider.Item.Exists(path, force: true, IsLiteral))
            {
                return false;
            }

            return PathType == TestedPathType.Any || (PathType == TestedPathType.Container) ==
                InvokeProvider.Item.IsContainer(IsLiteral ? WildcardPattern.Escape(path) : path);
        }
        catch (Exception e) when (e is PSNotSupportedException or SessionStateException)
        {
            return false;
        }
    }
}
