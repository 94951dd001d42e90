namespace LettaDr;

/// <summary>How many of what was judged passed, failed, or was not run.</summary>
internal readonly record struct ReportCounts(int Passed, int Failed, int NotRun)
{
    public int Total => Passed + Failed + NotRun;

    /// <summary>Failed wins; what was not run has not passed; and where nothing was judged, nothing has passed.</summary>
    public Outcome Verdict => Failed > 0 ? Outcome.Failed : NotRun > 0 || Passed == 0 ? Outcome.NotRun : Outcome.Passed;

    /// <summary>Counts outcomes; one that is not known was not run.</summary>
    public static ReportCounts Of(IEnumerable<Outcome?> outcomes)
    {
        var counts = default(ReportCounts);
        foreach (var outcome in outcomes)
        {
            counts += outcome switch
            {
                Outcome.Passed => new ReportCounts(1, 0, 0),
                Outcome.Failed => new ReportCounts(0, 1, 0),
                _ => new ReportCounts(0, 0, 1),
            };
        }

        return counts;
    }

    public static ReportCounts operator +(ReportCounts left, ReportCounts right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.NotRun + right.NotRun);
}
