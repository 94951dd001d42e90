namespace LettaDr;

/// <summary>A text that no view, log, error or plan may show; only <see cref="Reveal"/> gives it away.</summary>
public sealed class Secret
{
    private readonly string _value;

    /// <summary>Wraps <paramref name="value"/>.</summary>
    public Secret(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>The text itself, for the one place that authenticates with it.</summary>
    public string Reveal() => _value;

    /// <summary>Eight asterisks, whatever the length of the text.</summary>
    public override string ToString() => "********";
}
