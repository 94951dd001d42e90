using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Split-Path: gives a part of a path; the folder by default.</summary>
[Cmdlet(VerbsCommon.Split, "Path", DefaultParameterSetName = "ParentSet")]
public sealed class SplitPathCommand : PSCmdlet
{
    /// <summary>The paths.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "LiteralPath")]
    public string[] Path { get; set; } = [];

    /// <summary>The folder that it lies in.</summary>
    [Parameter(ParameterSetName = "ParentSet")]
    public SwitchParameter Parent { get; set; }

    /// <summary>The last part.</summary>
    [Parameter(ParameterSetName = "LeafSet")]
    public SwitchParameter Leaf { get; set; }

    /// <summary>The last part without its extension.</summary>
    [Parameter(ParameterSetName = "LeafBaseSet")]
    public SwitchParameter LeafBase { get; set; }

    /// <summary>The extension, with its dot.</summary>
    [Parameter(ParameterSetName = "ExtensionSet")]
    public SwitchParameter Extension { get; set; }

    /// <summary>The drive, with its colon.</summary>
    [Parameter(ParameterSetName = "QualifierSet")]
    public SwitchParameter Qualifier { get; set; }

    /// <summary>The path without its drive.</summary>
    [Parameter(ParameterSetName = "NoQualifierSet")]
    public SwitchParameter NoQualifier { get; set; }

    /// <summary>Whether the path is absolute.</summary>
    [Parameter(ParameterSetName = "IsAbsoluteSet")]
    public SwitchParameter IsAbsolute { get; set; }

    /// <summary>Resolves the path first.</summary>
    [Parameter]
    public SwitchParameter Resolve { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            try
            {
                string[] paths = Resolve
                    ? [.. SessionState.Path.GetResolvedPSPathFromPSPath(path).Select(found => found.Path)]
                    : [path];
                foreach (string each in paths)
                {
                    WriteObject(PartOf(each));
                }
            }
            catch (RuntimeException e)
            {
                WriteError(FilePaths.ErrorOf(e, path));
            }
        }
    }

    private object PartOf(string path)
    {
        int colon = path.IndexOf(':', StringComparison.Ordinal);
        if (IsAbsolute)
        {
            return SessionState.Path.IsPSAbsolute(path, out _);
        }

        if (NoQualifier)
        {
            return path[(colon + 1)..];
        }

        if (!Qualifier)
        {
            return Leaf ? SessionState.Path.ParseChildName(path)
                : LeafBase ? System.IO.Path.GetFileNameWithoutExtension(SessionState.Path.ParseChildName(path))
                : Extension ? System.IO.Path.GetExtension(SessionState.Path.ParseChildName(path))
                : path.Trim('/', '\\').Length == 0 ? string.Empty
                : SessionState.Path.ParseParent(path, string.Empty);
        }

        return colon > 0
            ? path[..(colon + 1)]
            : throw new PSArgumentException($"Cannot parse path because path '{path}' does not have a qualifier specified.");
    }
}
