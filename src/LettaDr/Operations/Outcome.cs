namespace LettaDr;

/// <summary>How a check ended. There is no fourth: what was skipped was not run, and what was not run has not passed.</summary>
public enum Outcome
{
    /// <summary>The check was made and what it asks holds.</summary>
    Passed,

    /// <summary>The check was made and what it asks does not hold, or could not be made although it should have been.</summary>
    Failed,

    /// <summary>The check was not made; never to be counted as passed.</summary>
    NotRun,
}
