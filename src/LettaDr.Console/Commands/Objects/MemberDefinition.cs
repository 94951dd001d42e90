using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>A member of a type: what Get-Member writes.</summary>
/// <param name="TypeName">The type.</param>
/// <param name="Name">Name of the member.</param>
/// <param name="MemberType">Sort of member.</param>
/// <param name="Definition">Its signature.</param>
public sealed record MemberDefinition(string TypeName, string Name, PSMemberTypes MemberType, string Definition);
