namespace LettaDr;

/// <summary>Where a plan says that a secret is found: <c>env:NAME</c>, a variable of the environment, or <c>file:PATH</c>, the first line of a file.</summary>
/// <param name="Kind">Which of both.</param>
/// <param name="Name">The variable's name or the file's path.</param>
internal sealed record SecretLocation(SecretLocation.Place Kind, string Name)
{
    private const string Variable = "env:";
    private const string File = "file:";

    /// <summary>The places that a secret is read from.</summary>
    internal enum Place
    {
        /// <summary>A variable of the environment.</summary>
        Environment,

        /// <summary>The first line of a file.</summary>
        File,
    }

    /// <summary>What a text says; null when it names neither, and so may be a secret itself.</summary>
    public static SecretLocation? Parse(string text) =>
        After(text, Variable) is { } variable ? new SecretLocation(Place.Environment, variable)
        : After(text, File) is { } path ? new SecretLocation(Place.File, path)
        : null;

    /// <summary>The same, with a path that does not depend on where one is: <c>~</c> is the user's home, all else counts from a folder.</summary>
    public SecretLocation From(string folder) => Kind == Place.Environment ? this : this with { Name = PlanPath.Resolve(Name, folder) };

    /// <summary>As a plan writes it.</summary>
    public override string ToString() => (Kind == Place.Environment ? Variable : File) + Name;

    private static string? After(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && text[prefix.Length..].Trim() is { Length: > 0 } rest ? rest : null;
}
