using System.Globalization;
using System.Management.Automation.Host;

namespace LettaDr.Module.Tests;

/// <summary>A host that keeps what a user would see, in a window of 100 columns.</summary>
internal sealed class CapturingHost : PSHost
{
    public CapturingUserInterface Captured { get; } = new();

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Capturing";

    public override PSHostUserInterface UI => Captured;

    public override Version Version => new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
