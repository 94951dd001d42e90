namespace LettaDr;

/// <summary>A privilege on the database as a whole.</summary>
/// <param name="Role">Who has it; null for everybody (PUBLIC).</param>
/// <param name="Privilege"><c>CONNECT</c>, <c>CREATE</c> or <c>TEMPORARY</c>.</param>
/// <param name="Grantable">Whether it may be passed on.</param>
public sealed record DatabasePrivilege(string? Role, string Privilege, bool Grantable);
