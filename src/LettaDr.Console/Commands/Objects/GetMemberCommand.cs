using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Get-Member: lists the properties and methods of objects, once for each type.</summary>
[Cmdlet(VerbsCommon.Get, "Member")]
public sealed class GetMemberCommand : PSCmdlet
{
    private readonly HashSet<string> _shown = [];

    private bool _any;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names of members, with wildcards.</summary>
    [Parameter(Position = 0)]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Sorts of members.</summary>
    [Parameter]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    /// <summary>Shows the methods behind properties too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        _any = true;
        string typeName = InputObject.TypeNames[0];
        if (!_shown.Add(typeName))
        {
            return;
        }

        IEnumerable<PSMemberInfo> members = Name
            .SelectMany(pattern => InputObject.Members.Match(pattern, MemberType))
            .DistinctBy(member => member.Name, StringComparer.OrdinalIgnoreCase)
            .Where(member => Force || !IsAccessor(member))
            .OrderBy(member => member.MemberType.ToString(), StringComparer.Ordinal)
            .ThenBy(member => member.Name, StringComparer.OrdinalIgnoreCase);
        foreach (PSMemberInfo member in members)
        {
            var definition = new MemberDefinition(typeName, member.Name, member.MemberType, member.ToString()!);
            WriteObject(EngineViews.As(definition, "Microsoft.PowerShell.Commands.MemberDefinition"));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!_any)
        {
            WriteError(new ErrorRecord(
                new InvalidOperationException("You must specify an object for the Get-Member cmdlet."),
                "NoObjectInGetMember",
                ErrorCategory.CloseError,
                null));
        }
    }

    private static bool IsAccessor(PSMemberInfo member) => member is PSMethodInfo
        && (member.Name.StartsWith("get_", StringComparison.Ordinal) || member.Name.StartsWith("set_", StringComparison.Ordinal));
}
