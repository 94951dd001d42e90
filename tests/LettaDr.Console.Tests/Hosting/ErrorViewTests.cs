using System.Management.Automation;

namespace LettaDr.Console.Tests;

public sealed class ErrorViewTests
{
    [Fact]
    public void What_to_do_is_told_once()
    {
        ErrorRecord record = Record("It is full.", "Make room.");
        Assert.Equal("Error: It is full.\nMake room.", ErrorView.Text(record));
        Assert.Equal("Error: It is full. Make room.", ErrorView.Text(Record("It is full. Make room.", "Make room.")));
    }

    [Fact]
    public void Who_failed_is_told_once()
    {
        ErrorRecord record = Record("lettadr: it failed.", string.Empty);
        record.CategoryInfo.Activity = "lettadr";
        Assert.Equal("lettadr: it failed.", ErrorView.Text(record));
    }

    private static ErrorRecord Record(string message, string action) =>
        new(new InvalidOperationException("inner"), "Id", ErrorCategory.InvalidOperation, null)
        {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = action },
        };
}
