namespace LettaDr;

/// <summary>A role that may be let in, and where its name and password were found.</summary>
internal sealed record DatabaseLogin(SourcedText UserName, Secret? Password, string PasswordSource)
{
    /// <inheritdoc/>
    public override string ToString() => $"{UserName.Value} ({UserName.Source})";
}
