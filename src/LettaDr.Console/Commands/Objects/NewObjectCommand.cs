using System.Collections;
using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>New-Object: makes an object of a .NET type.</summary>
[Cmdlet(VerbsCommon.New, "Object")]
public sealed class NewObjectCommand : PSCmdlet
{
    /// <summary>Name of the type.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string TypeName { get; set; } = string.Empty;

    /// <summary>Arguments of its constructor.</summary>
    [Parameter(Position = 1)]
    [Alias("Args")]
    public object[] ArgumentList { get; set; } = [];

    /// <summary>Properties to set; on a PSObject they are added.</summary>
    [Parameter]
    public IDictionary? Property { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!LanguagePrimitives.TryConvertTo(TypeName, out Type type))
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException($"Cannot find type [{TypeName}]: verify that the assembly containing this type is loaded."),
                "TypeNotFound",
                ErrorCategory.InvalidType,
                TypeName));
        }

        // The engine's own way to a constructor: it converts the arguments and picks among overloads.
        ScriptBlock make = ScriptBlock.Create("param($type, $arguments) $type::new.Invoke($arguments)");
        object made = type == typeof(PSObject) || type == typeof(PSCustomObject)
            ? new PSObject()
            : type.IsValueType && ArgumentList.Length == 0 ? Activator.CreateInstance(type)!
            : make.InvokeReturnAsIs(type, ArgumentList);
        PSObject result = PSObject.AsPSObject(made);
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
        {
            string name = entry.Key.ToString()!;
            if (result.Properties[name] is { } property)
            {
                property.Value = entry.Value;
            }
            else if (result.BaseObject is PSCustomObject)
            {
                result.Properties.Add(new PSNoteProperty(name, entry.Value));
            }
            else
            {
                WriteError(new ErrorRecord(
                    new PSArgumentException($"The type [{TypeName}] has no property '{name}'."),
                    "PropertyNotFound",
                    ErrorCategory.InvalidArgument,
                    name));
            }
        }

        WriteObject(result.BaseObject is PSCustomObject ? result : result.BaseObject);
    }
}
