using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Get-ChildItem: lists what is in a folder, or in another container of the engine's drives.</summary>
[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = PathSet)]
public sealed class GetChildItemCommand : ItemCommand
{
    private WildcardPattern? _filter;

    private WildcardPattern[] _included = [];

    private WildcardPattern[] _excluded = [];

    /// <summary>Names to list, with wildcards.</summary>
    [Parameter(Position = 1)]
    public string? Filter { get; set; }

    /// <summary>Names to list, with wildcards.</summary>
    [Parameter]
    public string[] Include { get; set; } = [];

    /// <summary>Names to leave out, with wildcards.</summary>
    [Parameter]
    public string[] Exclude { get; set; } = [];

    /// <summary>Folders within folders too.</summary>
    [Parameter]
    [Alias("s", "r")]
    public SwitchParameter Recurse { get; set; }

    /// <summary>How many levels of folders within folders.</summary>
    [Parameter]
    public uint Depth { get; set; } = uint.MaxValue;

    /// <summary>Hidden items too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Names only.</summary>
    [Parameter]
    public SwitchParameter Name { get; set; }

    /// <summary>Files only.</summary>
    [Parameter]
    [Alias("af")]
    public SwitchParameter File { get; set; }

    /// <summary>Folders only.</summary>
    [Parameter]
    [Alias("ad")]
    public SwitchParameter Directory { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _filter = string.IsNullOrEmpty(Filter) ? null : WildcardPattern.Get(Filter, WildcardOptions.IgnoreCase);
        _included = [.. Include.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase))];
        _excluded = [.. Exclude.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase))];
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Given.Length == 0)
        {
            Path = [SessionState.Path.CurrentLocation.Path];
        }

        bool deep = Recurse || MyInvocation.BoundParameters.ContainsKey(nameof(Depth));
        ForEachPath(path =>
        {
            if (Name)
            {
                WriteNames(path, deep);
                return;
            }

            foreach (PSObject item in InvokeProvider.ChildItem.Get([path], deep, Depth, Force, IsLiteral))
            {
                string name = item.Properties["PSChildName"]?.Value as string ?? SessionState.Path.ParseChildName(path);
                if (IsWanted(name, item.Properties["PSIsContainer"]?.Value is true))
                {
                    WriteObject(item);
                }
            }
        });
    }

    private void WriteNames(string path, bool deep)
    {
        foreach (string name in InvokeProvider.ChildItem.GetNames(
            [path], ReturnContainers.ReturnMatchingContainers, deep, Depth, Force, IsLiteral))
        {
            bool isContainer = (File || Directory) && InvokeProvider.Item.IsContainer(SessionState.Path.Combine(path, name));
            if (IsWanted(SessionState.Path.ParseChildName(name), isContainer))
            {
                WriteObject(name);
            }
        }
    }

    private bool IsWanted(string name, bool isContainer) => (!File || !isContainer)
        && (!Directory || isContainer)
        && (_filter is null || _filter.IsMatch(name))
        && (_included.Length == 0 || _included.Any(pattern => pattern.IsMatch(name)))
        && !_excluded.Any(pattern => pattern.IsMatch(name));
}
