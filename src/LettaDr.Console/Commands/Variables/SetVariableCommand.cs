using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Set-Variable: gives a variable a value.</summary>
[Cmdlet(VerbsCommon.Set, "Variable", SupportsShouldProcess = true)]
public sealed class SetVariableCommand : PSCmdlet
{
    private readonly List<object?> _values = [];

    /// <summary>Names of the variables.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    /// <summary>The value; several from the pipeline become a list.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public object? Value { get; set; }

    /// <summary>Whose variable; the caller's otherwise.</summary>
    [Parameter]
    [ValidateSet("Global", "Script", "Local")]
    public string? Scope { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _values.Add(Value);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (string name in Name)
        {
            if (ShouldProcess($"Name: {name}", "Set variable"))
            {
                object? value = _values.Count == 1 ? _values[0] : _values.ToArray();
                SessionState.PSVariable.Set(Scope is null ? name : $"{Scope}:{name}", value);
            }
        }
    }
}
