using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Tells when each kind of recovery test was last passed, when it is due again, and which are overdue.</summary>
[Cmdlet(VerbsCommon.Get, "LettaDrTestSchedule")]
[OutputType(typeof(DrTestScheduleEntry))]
public sealed class GetLettaDrTestScheduleCommand : DrTestHistoryCmdlet
{
    /// <summary>How often each kind is due, where it is not as the plan or the guide has it.</summary>
    [Parameter]
    [ValidateNotNull]
    public DrTestFrequencies? Frequency { get; set; }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        var repository = await RepositoryAsync(cancellationToken).ConfigureAwait(false);
        var wanted = await NamesAsync(cancellationToken).ConfigureAwait(false);
        var frequencies = Frequency ?? (await PlanAsync(cancellationToken).ConfigureAwait(false))?.Drills ?? new DrTestFrequencies();
        var survey = new DrTestSurvey(repository, JournalDirectory.Local, History(repository));
        var known = survey.Deployments();
        // A deployment that is named and has no history yet is overdue in everything, which is what its name was given to find out.
        var names = wanted is null
            ? known
            : [.. wanted.SelectMany(pattern => WildcardPattern.ContainsWildcardCharacters(pattern) ? known.Where(name => Matches([pattern], name)) : [pattern])
                .Distinct(StringComparer.Ordinal)];
        foreach (var name in names)
        {
            WriteObject(survey.Schedule(name, frequencies, DateTimeOffset.UtcNow), enumerateCollection: true);
        }
    }
}
