using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Resolve-Path: gives what exists under a path, in full.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = PathSet)]
public sealed class ResolvePathCommand : ItemCommand
{
    /// <summary>Gives paths from the current folder.</summary>
    [Parameter]
    public SwitchParameter Relative { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachPath(path =>
    {
        foreach (PathInfo found in SessionState.Path.GetResolvedPSPathFromPSPath(IsLiteral ? WildcardPattern.Escape(path) : path))
        {
            WriteObject(Relative ? FromHere(found) : found);
        }
    });

    private string FromHere(PathInfo found)
    {
        string relative = System.IO.Path.GetRelativePath(SessionState.Path.CurrentLocation.ProviderPath, found.ProviderPath);
        bool saysWhere = relative is "." or ".."
            || relative.StartsWith("../", StringComparison.Ordinal)
            || System.IO.Path.IsPathRooted(relative);
        return saysWhere ? relative : System.IO.Path.Combine(".", relative);
    }
}
