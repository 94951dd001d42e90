namespace LettaDr.Systems;

/// <summary>Tells whether a type's binary form means the same in another database.</summary>
/// <remarks>
/// Arrays and composites carry the object identifiers of their elements, and those of user-defined types differ from database to
/// database; <c>reg…</c> types are object identifiers; some types have no binary form at all.
/// </remarks>
internal sealed class TypePortability(IReadOnlyDictionary<long, TypePortability.TypeFacts> types)
{
    // Below it stand the objects that initdb makes with the same identifiers everywhere (access/transam.h, FirstNormalObjectId).
    private const long FirstUserObject = 16384;

    public bool IsPortable(long typeOid)
    {
        if (!types.TryGetValue(typeOid, out var type) || !type.HasBinary || type.IsReg)
        {
            return false;
        }

        return type switch
        {
            { Kind: "c" or "p" } => false,
            { BaseType: not 0 } => IsPortable(type.BaseType),
            { Subtype: not 0 } => IsPortable(type.Subtype),
            { Category: "A", ElementType: not 0 } => type.ElementType < FirstUserObject && IsPortable(type.ElementType),
            _ => true,
        };
    }

    /// <summary>A row of <c>types.sql</c>.</summary>
    internal sealed record TypeFacts(
        string Kind, string Category, long ElementType, long BaseType, bool HasBinary, long Subtype, bool IsReg);
}
