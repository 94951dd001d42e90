using System.Collections;
using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Add-Member: adds properties and methods to an object.</summary>
[Cmdlet(VerbsCommon.Add, "Member", DefaultParameterSetName = Naming)]
public sealed class AddMemberCommand : PSCmdlet
{
    private const string Naming = "TypeNameSet";

    private const string OneNote = "NotePropertySingleMemberSet";

    private const string ManyNotes = "NotePropertyMultiMemberSet";

    private const string OfType = "MemberSet";

    /// <summary>The object.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>Sort of member.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = OfType)]
    [Alias("Type")]
    [ValidateSet("NoteProperty", "ScriptProperty", "ScriptMethod", "AliasProperty")]
    public PSMemberTypes MemberType { get; set; }

    /// <summary>Name of the member.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = OfType)]
    public string Name { get; set; } = string.Empty;

    /// <summary>Its value, script, or the name of the property that it is another name of.</summary>
    [Parameter(Position = 2, ParameterSetName = OfType)]
    public object? Value { get; set; }

    /// <summary>Name of a property.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = OneNote)]
    public NotePropertyName? NotePropertyName { get; set; }

    /// <summary>Its value.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = OneNote)]
    [AllowNull]
    public object? NotePropertyValue { get; set; }

    /// <summary>Properties and their values.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ManyNotes)]
    public IDictionary NotePropertyMembers { get; set; } = new Hashtable();

    /// <summary>Name of a type to know the object by.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Naming)]
    [Parameter(ParameterSetName = OfType)]
    [Parameter(ParameterSetName = OneNote)]
    [Parameter(ParameterSetName = ManyNotes)]
    public string? TypeName { get; set; }

    /// <summary>Replaces a member of the same name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Sends the object on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PSMemberInfo member in Members())
        {
            if (InputObject.Members[member.Name] is not null)
            {
                if (!Force)
                {
                    WriteError(new ErrorRecord(
                        new InvalidOperationException($"A member named \"{member.Name}\" exists already; -Force replaces it."),
                        "MemberAlreadyExists",
                        ErrorCategory.InvalidOperation,
                        InputObject));
                    continue;
                }

                InputObject.Members.Remove(member.Name);
            }

            InputObject.Members.Add(member);
        }

        if (TypeName is not null)
        {
            InputObject.TypeNames.Insert(0, TypeName);
        }

        if (PassThru)
        {
            WriteObject(InputObject);
        }
    }

    private IEnumerable<PSMemberInfo> Members() => ParameterSetName switch
    {
        Naming => [],
        OneNote => [new PSNoteProperty(NotePropertyName!.Name, NotePropertyValue)],
        ManyNotes => NotePropertyMembers.Cast<DictionaryEntry>()
            .Select(entry => new PSNoteProperty(entry.Key.ToString()!, entry.Value)),
        _ => [MemberType switch
        {
            PSMemberTypes.ScriptProperty => new PSScriptProperty(Name, LanguagePrimitives.ConvertTo<ScriptBlock>(Value)),
            PSMemberTypes.ScriptMethod => new PSScriptMethod(Name, LanguagePrimitives.ConvertTo<ScriptBlock>(Value)),
            PSMemberTypes.AliasProperty => new PSAliasProperty(Name, LanguagePrimitives.ConvertTo<string>(Value)),
            _ => new PSNoteProperty(Name, Value),
        }],
    };
}
