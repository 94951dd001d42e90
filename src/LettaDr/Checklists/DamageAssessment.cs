namespace LettaDr;

/// <summary>What was found out about a database's damage, and the verdict on it.</summary>
public sealed record DamageAssessment
{
    /// <summary>The checks that were made, and those that could not be.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>Tables and indexes known to be damaged.</summary>
    public IReadOnlyList<DamagedRelation> Damaged { get; init; } = [];

    /// <summary>What it comes to.</summary>
    public DamageVerdict Verdict => Judge();

    /// <summary>The same in a sentence.</summary>
    public string Evidence => Verdict switch
    {
        DamageVerdict.NothingFound => $"No damage found{NotMade()}.",
        DamageVerdict.NotAssessed => $"The damage could not be assessed: {string.Join(" ", Checks.Where(check => check.Outcome != Outcome.Passed).Select(check => $"{check.Name}: {check.Evidence}"))}",
        DamageVerdict.IndexesOnly => $"Every table can be read, only indexes are damaged: {Found()}{NotMade()}.",
        _ => $"Tables are damaged: {Found()}{NotMade()}.",
    };

    private DamageVerdict Judge()
    {
        if (Damaged.Any(relation => !relation.IsIndex))
        {
            return DamageVerdict.TablesDamaged;
        }

        var pages = Of("PageChecksums");
        if (Of("TablesReadable") is not { } tables)
        {
            // On a server that does not run, the pages are all there is to ask.
            return pages switch
            {
                { Outcome: Outcome.Passed } => DamageVerdict.NothingFound,
                { Outcome: Outcome.Failed } when Damaged.Count > 0 => DamageVerdict.IndexesOnly,
                _ => DamageVerdict.NotAssessed,
            };
        }

        if (tables.Outcome == Outcome.Failed && Damaged.Count == 0)
        {
            return DamageVerdict.NotAssessed;
        }

        // A foreign key is looked up by indexes: only with sound ones does it tell of rows. The server's count of bad pages
        // does not say where they were: every table was read, so they are none of a table's.
        var trees = Of("BTreesSound");
        return Damaged.Count > 0 || trees?.Outcome == Outcome.Failed ? DamageVerdict.IndexesOnly
            : Of("ForeignKeysHold")?.Outcome == Outcome.Failed ? DamageVerdict.TablesDamaged
            : pages?.Outcome == Outcome.Failed ? DamageVerdict.IndexesOnly
            : tables.Outcome == Outcome.Passed ? DamageVerdict.NothingFound : DamageVerdict.NotAssessed;
    }

    private CheckResult? Of(string name) => Checks.FirstOrDefault(check => check.Name == name);

    private string Found() => Damaged.Count > 0
        ? string.Join("; ", Damaged.Take(10).Select(relation => $"{relation.Name} ({relation.Evidence.TrimEnd('.')})")) + (Damaged.Count > 10 ? $" and {Damaged.Count - 10} more" : string.Empty)
        : string.Join(" ", Checks.Where(check => check.Outcome == Outcome.Failed).Select(check => $"{check.Name}: {check.Evidence}")).TrimEnd('.');

    private string NotMade()
    {
        var left = Checks.Where(check => check.Outcome == Outcome.NotRun).Select(check => $"{check.Name} ({check.Evidence.TrimEnd('.')})").ToList();
        return left.Count == 0 ? string.Empty : $"; not checked: {string.Join(", ", left)}";
    }

    /// <inheritdoc/>
    public override string ToString() => Verdict.ToString();
}
