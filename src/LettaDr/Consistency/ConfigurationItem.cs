namespace LettaDr;

/// <summary>What is compared under one name.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Scope">The service, or the file, that it belongs to.</param>
/// <param name="Name">Its name within that; empty when the scope is all.</param>
internal readonly record struct ConfigurationItem(ConfigurationItemKind Kind, string Scope, string Name = "")
{
    /// <inheritdoc/>
    public override string ToString() => Name.Length == 0 ? Scope : $"{Scope}: {Name}";
}
