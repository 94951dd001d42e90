namespace LettaDr;

/// <summary>A setting kept with a database (<c>ALTER DATABASE … SET</c>, <c>ALTER ROLE … IN DATABASE … SET</c>), which a plain dump loses.</summary>
/// <param name="Role">The role it is for; null when it is for everybody.</param>
/// <param name="Name">The parameter, e.g. <c>search_path</c>.</param>
/// <param name="Value">The value as the catalogue holds it.</param>
public sealed record DatabaseSetting(string? Role, string Name, string Value);
