using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Convert-Path: gives the paths that programs outside PowerShell understand.</summary>
[Cmdlet(VerbsData.Convert, "Path", DefaultParameterSetName = PathSet)]
public sealed class ConvertPathCommand : ItemCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachPath(path =>
        WriteObject(
            SessionState.Path.GetResolvedProviderPathFromPSPath(IsLiteral ? WildcardPattern.Escape(path) : path, out _),
            enumerateCollection: true));
}
