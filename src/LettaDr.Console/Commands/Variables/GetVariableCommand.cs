using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Get-Variable: lists variables.</summary>
[Cmdlet(VerbsCommon.Get, "Variable")]
public sealed class GetVariableCommand : PSCmdlet
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Gives the values only.</summary>
    [Parameter]
    public SwitchParameter ValueOnly { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            bool isPattern = WildcardPattern.ContainsWildcardCharacters(name);
            PSVariable[] found = isPattern ? Matching(name) : SessionState.PSVariable.Get(name) is { } one ? [one] : [];
            if (found.Length == 0 && !isPattern)
            {
                WriteError(new ErrorRecord(
                    new ItemNotFoundException($"Cannot find a variable with the name '{name}'."),
                    "VariableNotFound",
                    ErrorCategory.ObjectNotFound,
                    name));
            }

            foreach (PSVariable variable in found)
            {
                WriteObject(ValueOnly ? variable.Value : variable);
            }
        }
    }

    private PSVariable[] Matching(string pattern) =>
    [
        .. InvokeProvider.Item.Get("Variable:" + pattern)
            .Select(item => item.BaseObject)
            .OfType<PSVariable>()
            .OrderBy(variable => variable.Name, StringComparer.OrdinalIgnoreCase),
    ];
}
