using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>What cmdlets on schedules share: the plan file, and times.</summary>
public abstract class ScheduleCmdlet : OperationCmdlet
{
    /// <summary>The plan, which must be a file: what runs later reads it anew.</summary>
    private protected async Task<DrPlan> PlanFileAsync(CancellationToken cancellationToken) =>
        await PlanAsync(cancellationToken).ConfigureAwait(false) is not { Path: not null } plan
            ? throw new LettaDrException(
                "PlanFileNotGiven", FaultKind.InvalidArgument, "No plan file was given, and a scheduled job reads its plan anew each time.",
                "Give -Plan with the path of a plan file; New-LettaDrPlan writes one.")
            : plan.Path.Any(char.IsControl) ? throw new LettaDrException(
                "PlanPathNotUsable", FaultKind.InvalidArgument, "The path of the plan file holds control characters, which schedulers cannot read.",
                "Move it.") : plan;

    /// <summary>The times that were given for jobs, checked.</summary>
    private protected static IReadOnlyDictionary<DrJob, string> Times(System.Collections.IDictionary given)
    {
        var times = new Dictionary<DrJob, string>();
        foreach (System.Collections.DictionaryEntry entry in given)
        {
            if (!Enum.TryParse<DrJob>($"{entry.Key}", ignoreCase: true, out var job))
            {
                throw new LettaDrException(
                    "JobNotFound", FaultKind.NotFound, $"There is no job {entry.Key}.", $"There are: {string.Join(", ", Enum.GetNames<DrJob>())}.", entry.Key);
            }

            JobTimes.Check($"{entry.Value}");
            times[job] = $"{entry.Value}".Trim();
        }

        return times;
    }
}
