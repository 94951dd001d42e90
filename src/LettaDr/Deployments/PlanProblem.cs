namespace LettaDr;

/// <summary>What is wrong with a plan.</summary>
/// <param name="At">Where: the path of the value, e.g. <c>contacts[1].name</c>; empty for the plan itself.</param>
/// <param name="Text">What is wrong, in one sentence. Never a secret.</param>
/// <param name="Remedy">What to do about it, in one sentence.</param>
internal sealed record PlanProblem(string At, string Text, string Remedy)
{
    /// <summary>The line in the file, from 1; 0 when the plan was not read from one.</summary>
    public long Line { get; init; }

    /// <summary>The column in the file, from 1; 0 when the plan was not read from one.</summary>
    public long Column { get; init; }

    /// <summary>The sentence with its place before it, as editors and compilers write it.</summary>
    /// <param name="file">The plan's file; null when it has none.</param>
    public string Located(string? file) => file is null || Line == 0
        ? Text
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file}({Line},{Column}): {Text}");
}
