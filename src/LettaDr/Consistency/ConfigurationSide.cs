namespace LettaDr;

/// <summary>One configuration as it is compared with another.</summary>
/// <param name="Source">Whose it is, in words.</param>
internal sealed record ConfigurationSide(string Source)
{
    /// <summary>The kinds that this side knows of: others are not compared.</summary>
    public HashSet<ConfigurationItemKind> Kinds { get; } = [];

    /// <summary>Its items.</summary>
    public Dictionary<ConfigurationItem, ConfigurationValue> Items { get; } = [];

    /// <summary>What could not be read, in sentences.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>What else is to be known of it, in sentences.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Its services.</summary>
    public HashSet<string> Services { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it has the item that stands for a whole scope, and can be asked for it.</summary>
    public bool IsKnown(ConfigurationItemKind kind, string scope) =>
        Items.TryGetValue(new ConfigurationItem(kind, scope), out var value) && value.Unknown is null;

    /// <summary>Whether it says of a whole scope that nobody can read it.</summary>
    public bool IsUnknown(ConfigurationItemKind kind, string scope) =>
        Items.TryGetValue(new ConfigurationItem(kind, scope), out var value) && value.Unknown is not null;

    /// <summary>Adds a value.</summary>
    public void Add(ConfigurationItemKind kind, string scope, string name, string value) =>
        Items[new ConfigurationItem(kind, scope, name)] = new ConfigurationValue { Text = value };

    /// <inheritdoc/>
    public override string ToString() => Source;
}
