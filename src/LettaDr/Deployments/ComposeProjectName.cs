namespace LettaDr;

/// <summary>The name that Compose gives to a project.</summary>
internal static class ComposeProjectName
{
    /// <summary>COMPOSE_PROJECT_NAME, else the file's <c>name:</c>, else the folder's name in the letters that Compose allows.</summary>
    public static SourcedText Find(SourcedText? variable, SourcedText? name, string folder)
    {
        if (variable is { Value.Length: > 0 })
        {
            return new SourcedText(variable.Value, $"COMPOSE_PROJECT_NAME from {variable.Source}");
        }

        if (name is { Value.Length: > 0 })
        {
            return name;
        }

        var last = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var normalized = Normalize(last);
        return new SourcedText(normalized.Length == 0 ? "default" : normalized, $"folder name {last}");
    }

    /// <summary>Lower case; only a-z, 0-9, hyphen and underscore; beginning with a letter or digit.</summary>
    public static string Normalize(string name) => string.Concat(
        name.ToLowerInvariant().Where(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)
            || c is '-' or '_')).TrimStart('-', '_');
}
