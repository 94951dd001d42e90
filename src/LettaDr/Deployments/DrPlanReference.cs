namespace LettaDr;

/// <summary>What a cmdlet's <c>-Plan</c> takes: a <see cref="DrPlan"/>, or the path of a plan file.</summary>
public sealed class DrPlanReference
{
    /// <summary>Refers to a plan already read.</summary>
    public DrPlanReference(DrPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Plan = plan;
    }

    /// <summary>Refers to a plan file; nothing is read yet.</summary>
    public DrPlanReference(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = path;
    }

    /// <summary>The plan, when the reference was made from one.</summary>
    public DrPlan? Plan { get; }

    /// <summary>The file, when the reference was made from one; a relative path is relative to the shell's current location.</summary>
    public string? Path { get; }

    /// <inheritdoc/>
    public override string ToString() => Plan?.Name ?? Path!;
}
