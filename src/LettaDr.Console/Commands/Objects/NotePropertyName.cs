using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>
/// A name for a property, which is not that of a sort of member: so that <c>Add-Member Name Value</c> and
/// <c>Add-Member NoteProperty Name Value</c> are told apart.
/// </summary>
public sealed class NotePropertyName
{
    /// <summary>Takes a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">It is that of a sort of member.</exception>
    public NotePropertyName(string name)
    {
        if (Enum.TryParse(name, ignoreCase: true, out PSMemberTypes _))
        {
            throw new ArgumentException($"'{name}' is a sort of member; a property of that name needs -MemberType.", nameof(name));
        }

        Name = name;
    }

    /// <summary>The name.</summary>
    public string Name { get; }
}
