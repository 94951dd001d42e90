namespace LettaDr.Systems;

/// <summary>Reads plan files.</summary>
internal static class DrPlanFile
{
    /// <summary>Reads a plan; paths in it come out absolute.</summary>
    /// <exception cref="LettaDrException">There is no such file, or it is no valid plan.</exception>
    public static DrPlan Read(string path) => throw new NotSupportedException(path);
}
