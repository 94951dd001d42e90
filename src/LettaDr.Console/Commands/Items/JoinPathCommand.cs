using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Join-Path: puts paths together.</summary>
[Cmdlet(VerbsCommon.Join, "Path")]
public sealed class JoinPathCommand : PSCmdlet
{
    /// <summary>The first part.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] Path { get; set; } = [];

    /// <summary>The second part.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? ChildPath { get; set; }

    /// <summary>Further parts.</summary>
    [Parameter(Position = 2, ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] AdditionalChildPath { get; set; } = [];

    /// <summary>Resolves the result, which must exist.</summary>
    [Parameter]
    public SwitchParameter Resolve { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            string joined = path;
            foreach (string? child in (string?[])[ChildPath, .. AdditionalChildPath ?? []])
            {
                joined = SessionState.Path.Combine(joined, child ?? string.Empty);
            }

            if (!Resolve)
            {
                WriteObject(joined);
                continue;
            }

            try
            {
                foreach (PathInfo found in SessionState.Path.GetResolvedPSPathFromPSPath(joined))
                {
                    WriteObject(found.Path);
                }
            }
            catch (RuntimeException e)
            {
                WriteError(FilePaths.ErrorOf(e, joined));
            }
        }
    }
}
