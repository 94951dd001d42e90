using System.Text;

namespace LettaDr.Systems;

/// <summary>Reads plan files.</summary>
internal static class DrPlanFile
{
    private const int LargestFile = 1 << 20;

    /// <summary>Reads a plan; paths in it come out absolute.</summary>
    /// <exception cref="LettaDrException">There is no such file, or it is no valid plan.</exception>
    public static DrPlan Read(string path)
    {
        var reading = Inspect(path);
        if (reading.Plan is { } plan)
        {
            return plan;
        }

        var first = reading.Problems[0];
        throw new LettaDrException(
            "PlanInvalid", FaultKind.InvalidArgument, first.Located(path),
            reading.Problems.Count == 1 ? first.Remedy : $"{first.Remedy} Test-LettaDrPlan shows all {reading.Problems.Count} problems.", path);
    }

    /// <summary>Reads a plan, valid or not.</summary>
    /// <exception cref="LettaDrException">The file cannot be read.</exception>
    public static PlanReading Inspect(string path)
    {
        var full = Path.GetFullPath(path);
        return PlanReading.Of(Text(full), full);
    }

    private static string Text(string path)
    {
        if (!File.Exists(path))
        {
            throw new LettaDrException(
                "PlanNotFound", FaultKind.NotFound, $"There is no plan file {path}.", "Name another, or let New-LettaDrPlan write one.", path);
        }

        try
        {
            return new FileInfo(path).Length <= LargestFile ? File.ReadAllText(path, Encoding.UTF8)
                : throw new LettaDrException(
                    "PlanTooLarge", FaultKind.InvalidArgument, $"The file {path} is larger than a plan can be.", "Name the plan file, letta-dr.yaml.", path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LettaDrException(
                "PlanNotReadable", FaultKind.PermissionDenied, $"The plan file {path} cannot be read.", "Run as a user who may read it.", path, exception);
        }
    }
}
