using System.Globalization;
using System.Management.Automation.Host;

namespace LettaDr.Help.Hosting;

/// <summary>A host that keeps what a user would see.</summary>
internal sealed class CapturingHost : PSHost
{
    private readonly CapturingUserInterface ui = new();

    public string Text => ui.Text.ToString().ReplaceLineEndings("\n");

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Capturing";

    public override PSHostUserInterface UI => ui;

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
