using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Write-Error: writes an error that does not end the pipeline.</summary>
[Cmdlet(VerbsCommunications.Write, "Error", DefaultParameterSetName = "NoException")]
public sealed class WriteErrorCommand : PSCmdlet
{
    private const string WithException = "WithException";

    private const string NoException = "NoException";

    private const string Record = "ErrorRecord";

    /// <summary>What went wrong.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = NoException, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = WithException)]
    [Alias("Msg")]
    [AllowEmptyString]
    [AllowNull]
    public string? Message { get; set; }

    /// <summary>The exception that tells it.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = WithException)]
    public Exception? Exception { get; set; }

    /// <summary>An error to write again.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = Record)]
    public ErrorRecord? ErrorRecord { get; set; }

    /// <summary>Sort of error.</summary>
    [Parameter(ParameterSetName = NoException)]
    [Parameter(ParameterSetName = WithException)]
    public ErrorCategory Category { get; set; }

    /// <summary>Identifier of the error.</summary>
    [Parameter(ParameterSetName = NoException)]
    [Parameter(ParameterSetName = WithException)]
    public string ErrorId { get; set; } = string.Empty;

    /// <summary>What was being worked on.</summary>
    [Parameter(ParameterSetName = NoException)]
    [Parameter(ParameterSetName = WithException)]
    public object? TargetObject { get; set; }

    /// <summary>What to do about it.</summary>
    [Parameter]
    public string RecommendedAction { get; set; } = string.Empty;

    /// <summary>What was being done.</summary>
    [Parameter]
    [Alias("Activity")]
    public string CategoryActivity { get; set; } = string.Empty;

    /// <summary>Why it failed, in a word.</summary>
    [Parameter]
    [Alias("Reason")]
    public string CategoryReason { get; set; } = string.Empty;

    /// <summary>Name of what was being worked on.</summary>
    [Parameter]
    [Alias("TargetName")]
    public string CategoryTargetName { get; set; } = string.Empty;

    /// <summary>Type of what was being worked on.</summary>
    [Parameter]
    [Alias("TargetType")]
    public string CategoryTargetType { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        ErrorRecord error = ErrorRecord is null ? NewRecord() : new ErrorRecord(ErrorRecord, ErrorRecord.Exception);
        if (RecommendedAction.Length > 0)
        {
            error.ErrorDetails ??= new ErrorDetails(error.Exception.Message);
            error.ErrorDetails.RecommendedAction = RecommendedAction;
        }

        error.CategoryInfo.Activity = CategoryActivity.Length > 0 ? CategoryActivity : "Write-Error";
        error.CategoryInfo.Reason = CategoryReason.Length > 0 ? CategoryReason : error.CategoryInfo.Reason;
        error.CategoryInfo.TargetName = CategoryTargetName.Length > 0 ? CategoryTargetName : error.CategoryInfo.TargetName;
        error.CategoryInfo.TargetType = CategoryTargetType.Length > 0 ? CategoryTargetType : error.CategoryInfo.TargetType;
        WriteError(error);
    }

    private ErrorRecord NewRecord()
    {
        Exception exception = Exception ?? new WriteErrorException(Message ?? string.Empty);
        string id = ErrorId.Length > 0 ? ErrorId : exception.GetType().FullName!;
        return new ErrorRecord(exception, id, Category, TargetObject)
        {
            ErrorDetails = Message is null ? null : new ErrorDetails(Message),
        };
    }
}
