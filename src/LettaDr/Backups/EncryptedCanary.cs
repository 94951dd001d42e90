namespace LettaDr;

/// <summary>One credential as Letta keeps it in its database: encrypted. The right key, and only it, decrypts it.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column.</param>
/// <param name="Id">The row's id.</param>
/// <param name="Value">The encrypted value, base64; empty where no key at hand opened it when the set was made.</param>
public sealed record EncryptedCanary(string Table, string Column, string Id, string Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Table}.{Column} of {Id}";
}
