using System.Management.Automation;

namespace LettaDr.Cmdlets;

/// <summary>The one place where failures become PowerShell's error records.</summary>
internal static class ErrorCatalogue
{
    /// <summary>An error record whose text is the sentence and its remedy, with the remedy also as RecommendedAction.</summary>
    public static ErrorRecord ToErrorRecord(Exception exception, object? target)
    {
        if (exception is not LettaDrException fault)
        {
            return new ErrorRecord(exception, "Unexpected" + exception.GetType().Name, ErrorCategory.NotSpecified, target);
        }

        return new ErrorRecord(fault, fault.Id, CategoryOf(fault.Kind), fault.Target ?? target)
        {
            ErrorDetails = new ErrorDetails($"{fault.Message} {fault.Remedy}") { RecommendedAction = fault.Remedy },
        };
    }

    private static ErrorCategory CategoryOf(FaultKind kind) => kind switch
    {
        FaultKind.InvalidArgument => ErrorCategory.InvalidArgument,
        FaultKind.NotFound => ErrorCategory.ObjectNotFound,
        FaultKind.Unreachable => ErrorCategory.ConnectionError,
        FaultKind.AuthenticationFailed => ErrorCategory.AuthenticationError,
        FaultKind.PermissionDenied => ErrorCategory.PermissionDenied,
        FaultKind.Incompatible => ErrorCategory.InvalidOperation,
        FaultKind.Busy => ErrorCategory.ResourceBusy,
        FaultKind.InsufficientResources => ErrorCategory.LimitsExceeded,
        FaultKind.DataCorrupt => ErrorCategory.InvalidData,
        FaultKind.AlreadyExists => ErrorCategory.ResourceExists,
        FaultKind.NotInstalled => ErrorCategory.NotInstalled,
        _ => ErrorCategory.OperationStopped,
    };
}
