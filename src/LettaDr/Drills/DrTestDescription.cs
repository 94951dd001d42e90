namespace LettaDr;

/// <summary>Tells in words what a recovery test would do.</summary>
internal static class DrTestDescription
{
    /// <summary>On a throw-away copy.</summary>
    public static string OfCopy(DrTestScenario scenario, DrTestScript script, string copy, Backup? set) => string.Join(
        Environment.NewLine,
        $"Recovery test {scenario} on {copy}, a throw-away copy on a network of its own that leads nowhere:",
        set is null
            ? "  the copy: a stand-in with made-up rows, backed up first; nothing of a deployment is used, and the test is no evidence for one"
            : $"  the copy: restored from set {set.Id} of {set.Deployment}; providers' keys are blank",
        $"  it {script.Breaks}",
        "  a fault is planted that verification has to find",
        "  everything of the copy is removed at the end, however it ends");

    /// <summary>On a deployment itself.</summary>
    /// <param name="scenario">What is tested.</param>
    /// <param name="script">What is done.</param>
    /// <param name="deployment">Its name.</param>
    /// <param name="loss">What of it is lost for good, in a sentence; null for nothing but what is not committed.</param>
    public static string OfDeployment(DrTestScenario scenario, DrTestScript script, string deployment, string? loss) => string.Join(
        Environment.NewLine,
        new[]
        {
            $"Recovery test {scenario} ON THE DEPLOYMENT {deployment} ITSELF:",
            $"  it {script.Breaks}",
            loss is null ? null : $"  {loss}",
            "  what it took down is started again at its end; should the process be killed, the next test or scheduled job here starts it",
        }.OfType<string>());

    /// <summary>What is asked before a deployment itself is broken.</summary>
    public static string Question(DrTestScenario scenario, DrTestScript script, string deployment, string? loss) =>
        $"The test {scenario} {script.Breaks}.{(loss is null ? "" : " " + loss)} Users of {deployment} will notice. Break it?";
}
