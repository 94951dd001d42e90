namespace LettaDr.Help;

/// <summary>A cmdlet's page.</summary>
internal sealed record MarkdownPage
{
    /// <summary>The file.</summary>
    public required MarkdownSource Source { get; init; }

    /// <summary>The keys above the title.</summary>
    public required FrontMatter FrontMatter { get; init; }

    /// <summary>The cmdlet.</summary>
    public required string Name { get; init; }

    /// <summary>What the cmdlet does, in one paragraph.</summary>
    public required IReadOnlyList<ProseBlock> Synopsis { get; init; }

    /// <summary>The parameter sets.</summary>
    public required IReadOnlyList<SyntaxBlock> Syntax { get; init; }

    /// <summary>Line of the heading above the parameter sets, and last line that belongs to it.</summary>
    public required (int First, int Last) SyntaxLines { get; init; }

    /// <summary>What the cmdlet does, at length.</summary>
    public required IReadOnlyList<ProseBlock> Description { get; init; }

    /// <summary>The examples.</summary>
    public required IReadOnlyList<PageExample> Examples { get; init; }

    /// <summary>The parameters.</summary>
    public required IReadOnlyList<PageParameter> Parameters { get; init; }

    /// <summary>Line of the heading above the parameters, and last line before the common parameters.</summary>
    public required (int First, int Last) ParameterLines { get; init; }

    /// <summary>What comes in through the pipeline.</summary>
    public required IReadOnlyList<PageType> Inputs { get; init; }

    /// <summary>What goes out.</summary>
    public required IReadOnlyList<PageType> Outputs { get; init; }

    /// <summary>What else is to be known; may be empty.</summary>
    public required IReadOnlyList<ProseBlock> Notes { get; init; }

    /// <summary>Where to read on; may be empty.</summary>
    public required IReadOnlyList<PageLink> RelatedLinks { get; init; }

    /// <summary>A parameter by its name; null when the page has no section for it.</summary>
    public PageParameter? Parameter(string name) =>
        Parameters.FirstOrDefault(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
