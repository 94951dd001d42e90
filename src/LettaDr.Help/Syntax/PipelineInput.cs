namespace LettaDr.Help;

/// <summary>How a parameter takes its value from the pipeline.</summary>
[Flags]
internal enum PipelineInput
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>From a property of the same name, or of an alias.</summary>
    ByPropertyName = 1,

    /// <summary>From the object itself.</summary>
    ByValue = 2,
}
