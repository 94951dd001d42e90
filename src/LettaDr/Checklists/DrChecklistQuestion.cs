namespace LettaDr;

/// <summary>One item of the guide's checklists.</summary>
/// <param name="Phase">The list.</param>
/// <param name="Number">Its place in it, from 1.</param>
/// <param name="Text">The guide's words.</param>
/// <param name="How">How to see to it.</param>
/// <param name="Checks">The checks that answer it; all have to pass.</param>
internal sealed record DrChecklistQuestion(DrChecklistPhase Phase, int Number, string Text, string How, params string[] Checks)
{
    /// <summary>Whether it is answered by whatever was tested of the system itself, and by which rule.</summary>
    public SystemAnswer System { get; init; }

    /// <summary>What the checks of a system say of an item.</summary>
    internal enum SystemAnswer
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>That they were made answers it, whatever they found.</summary>
        Made,

        /// <summary>All have to pass.</summary>
        Passed,
    }
}
