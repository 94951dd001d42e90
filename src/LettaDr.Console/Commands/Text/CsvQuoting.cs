namespace LettaDr.Console.Commands;

/// <summary>Which values of a CSV file stand in quotes.</summary>
public enum CsvQuoting
{
    /// <summary>None.</summary>
    Never,

    /// <summary>All.</summary>
    Always,

    /// <summary>Those that hold a delimiter, a quote or a line end.</summary>
    AsNeeded,
}
