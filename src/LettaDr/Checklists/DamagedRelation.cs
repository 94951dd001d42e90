namespace LettaDr;

/// <summary>A table or index, or a file of one, that is damaged.</summary>
/// <param name="Name">The table's or index's name; the file's where nobody can tell.</param>
/// <param name="IsIndex">Whether it can be built anew from its table.</param>
/// <param name="Evidence">The server's or tool's message, with the block where it tells one.</param>
public sealed record DamagedRelation(string Name, bool IsIndex, string Evidence)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
