using System.Management.Automation;
using System.Security.Cryptography;

namespace LettaDr.Console.Commands;

/// <summary>Get-Random: gives a random whole number, or picks objects at random.</summary>
[Cmdlet(VerbsCommon.Get, "Random", DefaultParameterSetName = "RandomNumberParameterSet")]
public sealed class GetRandomCommand : PSCmdlet
{
    private readonly List<object> _objects = [];

    /// <summary>The number is below this.</summary>
    [Parameter(Position = 0, ParameterSetName = "RandomNumberParameterSet")]
    public int Maximum { get; set; } = int.MaxValue;

    /// <summary>The number is not below this.</summary>
    [Parameter(ParameterSetName = "RandomNumberParameterSet")]
    public int Minimum { get; set; }

    /// <summary>Objects to pick from.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "RandomListItemParameterSet", ValueFromPipeline = true)]
    public object[] InputObject { get; set; } = [];

    /// <summary>How many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    /// <inheritdoc/>
    protected override void ProcessRecord() => _objects.AddRange(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == "RandomListItemParameterSet")
        {
            object[] shuffled = [.. _objects];
            RandomNumberGenerator.Shuffle<object>(shuffled);
            WriteObject(shuffled.Take(Count), enumerateCollection: true);
            return;
        }

        if (Minimum >= Maximum)
        {
            ThrowTerminatingError(new ErrorRecord(
                new ArgumentException(
                    $"The Minimum value ({Minimum}) cannot be greater than or equal to the Maximum value ({Maximum})."),
                "MinGreaterThanOrEqualMax",
                ErrorCategory.InvalidArgument,
                null));
        }

        for (int i = 0; i < Count; i++)
        {
            WriteObject(RandomNumberGenerator.GetInt32(Minimum, Maximum));
        }
    }
}
