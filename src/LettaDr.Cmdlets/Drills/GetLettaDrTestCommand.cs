using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Lists the recovery tests that were made, the newest first.</summary>
[Cmdlet(VerbsCommon.Get, "LettaDrTest")]
[OutputType(typeof(DrTestResult))]
public sealed class GetLettaDrTestCommand : DrTestHistoryCmdlet
{
    /// <summary>Only these scenarios.</summary>
    [Parameter]
    public DrTestScenario[] Scenario { get; set; } = [];

    /// <summary>Only tests that began at this moment or later.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only the newest so many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Newest { get; set; }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        var repository = await RepositoryAsync(cancellationToken).ConfigureAwait(false);
        var names = await NamesAsync(cancellationToken).ConfigureAwait(false);
        var wanted = History(repository).Read(names is [var name] && !WildcardPattern.ContainsWildcardCharacters(name) ? name : null)
            .Where(result => Matches(names, result.Deployment) && (Scenario.Length == 0 || Scenario.Contains(result.Scenario))
                && (Since is null || result.StartedAt >= Since));
        WriteObject(Newest is { } count ? wanted.Take(count) : wanted, enumerateCollection: true);
    }
}
