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
    public static string OfDeployment(DrTestScenario scenario, DrTestScript script, string deployment) => string.Join(
        Environment.NewLine,
        $"Recovery test {scenario} ON THE DEPLOYMENT {deployment} ITSELF:",
        $"  it {script.Breaks}",
        "  what it took down is started and connected again, however the test ends");

    /// <summary>What is asked before a deployment itself is broken.</summary>
    public static string Question(DrTestScenario scenario, DrTestScript script, string deployment) =>
        $"The test {scenario} {script.Breaks}. Users of {deployment} will notice. Break it?";
}
