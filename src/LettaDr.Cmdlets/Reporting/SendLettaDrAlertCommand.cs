using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Sends an alert to webhooks, Slack, Teams or by e-mail, and tells of each endpoint whether it acknowledged.</summary>
[Cmdlet(VerbsCommunications.Send, "LettaDrAlert", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = "Alert")]
[OutputType(typeof(DrAlertDelivery))]
public sealed class SendLettaDrAlertCommand : OperationCmdlet
{
    private readonly List<CheckResult> _checks = [];

    /// <summary>The alert in one line; what the checks say, where they are piped in and it is not given.</summary>
    [Parameter(Position = 0, ParameterSetName = "Alert")]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>What happened and what to do, in sentences.</summary>
    [Parameter(Position = 1, ParameterSetName = "Alert")]
    [ValidateNotNullOrEmpty]
    public string? Message { get; set; }

    /// <summary>How grave it is; Critical where a check failed, else Warning, when not given.</summary>
    [Parameter(ParameterSetName = "Alert")]
    public DrAlertSeverity Severity { get; set; }

    /// <summary>Results of Test- cmdlets: one alert of all that did not pass; nothing where all did and there is no title.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = "Alert")]
    [ValidateNotNullOrEmpty]
    public CheckResult[] Check { get; set; } = [];

    /// <summary>The deployment that it is about, where it is not the plan's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>Endpoints, instead of the plan's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public DrNotification[] Notification { get; set; } = [];

    /// <summary>Names of the endpoints; all where none is given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Sends an alert that says that it is a test.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Test")]
    public SwitchParameter Test { get; set; }

    /// <summary>How often delivery is tried in all.</summary>
    [Parameter]
    [ValidateRange(1, 10)]
    public int Attempts { get; set; } = AlertLimits.Default.Attempts;

    /// <summary>How many seconds one attempt may take.</summary>
    [Parameter]
    [ValidateRange(1, 300)]
    public int TimeoutSeconds { get; set; } = (int)AlertLimits.Default.Attempt.TotalSeconds;

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        _checks.AddRange(Check);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(cancellationToken).ConfigureAwait(false);
        var endpoints = AlertChoice.Choose(Notification.Length > 0 ? Notification : plan?.Notifications ?? [], Name);
        DrAlertSeverity? severity = MyInvocation.BoundParameters.ContainsKey(nameof(Severity)) ? Severity : null;
        var alert = Test ? AlertChoice.Test(Deployment ?? plan?.Name)
            : AlertChoice.Of(Title, Message, severity, _checks, Deployment ?? plan?.Name);
        if (alert is null)
        {
            WriteVerbose($"All {_checks.Count} checks passed: nothing is sent.");
            return;
        }

        if (!await ShouldProcessAsync(string.Join(", ", endpoints), $"Send the alert '{AlertText.Heading(alert)}'", cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var limits = AlertLimits.Default with { Attempts = Attempts, Attempt = TimeSpan.FromSeconds(TimeoutSeconds) };
        var deliveries = await AlertSender.SendAsync(alert, endpoints, limits, cancellationToken).ConfigureAwait(false);
        new AlertDeliveries().Save(endpoints, deliveries);
        foreach (var delivery in deliveries)
        {
            WriteObject(delivery);
            if (!delivery.Delivered)
            {
                WriteFault(AlertChoice.NotDelivered(delivery), delivery);
            }
        }
    }
}
