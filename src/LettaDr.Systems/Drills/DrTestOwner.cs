namespace LettaDr.Systems;

/// <summary>Says on everything that a recovery test makes which process made it, so that the next one removes what a dead one left.</summary>
internal static class DrTestOwner
{
    /// <summary>The label that everything of a recovery test bears: its process.</summary>
    public const string Label = "lettadr.drill";

    /// <summary>The label that tells which test it was.</summary>
    public const string IdLabel = "lettadr.drill.id";

    /// <summary>The labels for a test of this process.</summary>
    public static IReadOnlyDictionary<string, string> Labels(string testId) =>
        new Dictionary<string, string> { [Label] = ProcessOwner.Own, [IdLabel] = testId };
}
