namespace LettaDr;

/// <summary>A failure told in one sentence, with what to do about it.</summary>
public sealed class LettaDrException : Exception
{
    /// <summary>Makes a failure.</summary>
    /// <param name="id">Stable identifier, e.g. <c>RepositoryNotWritable</c>; part of the error's fully qualified id.</param>
    /// <param name="kind">What sort of trouble it is.</param>
    /// <param name="message">One sentence: what and where. Never a secret.</param>
    /// <param name="remedy">One sentence: what to do about it.</param>
    /// <param name="target">The object concerned; never one that shows a secret.</param>
    /// <param name="innerException">The cause.</param>
    public LettaDrException(string id, FaultKind kind, string message, string remedy, object? target = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Id = id;
        Kind = kind;
        Remedy = remedy;
        Target = target;
    }

    /// <summary>Stable identifier of the failure.</summary>
    public string Id { get; }

    /// <summary>What sort of trouble it is.</summary>
    public FaultKind Kind { get; }

    /// <summary>What to do about it.</summary>
    public string Remedy { get; }

    /// <summary>The object concerned, if any.</summary>
    public object? Target { get; }
}
