namespace LettaDr.Help;

/// <summary>A cmdlet as it was compiled: all of a page that is not prose.</summary>
internal sealed record CommandDescription
{
    /// <summary>The cmdlet's name.</summary>
    public required string Name { get; init; }

    /// <summary>The module.</summary>
    public required string ModuleName { get; init; }

    /// <summary>The help file where the engine looks for the cmdlet.</summary>
    public required string HelpFile { get; init; }

    /// <summary>Address of its help on the web; empty when the cmdlet names none.</summary>
    public required string OnlineVersion { get; init; }

    /// <summary>What the code says of it; empty when it says nothing.</summary>
    public required string Summary { get; init; }

    /// <summary>Its parameter sets, the default first.</summary>
    public required IReadOnlyList<SyntaxBlock> Syntax { get; init; }

    /// <summary>Its parameters, in the order in which pages have them.</summary>
    public required IReadOnlyList<ParameterDescription> Parameters { get; init; }

    /// <summary>Types that come in through the pipeline whole.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Types that it declares to write.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>A parameter by its name; null when the cmdlet has none of that name.</summary>
    public ParameterDescription? Parameter(string name) =>
        Parameters.FirstOrDefault(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
