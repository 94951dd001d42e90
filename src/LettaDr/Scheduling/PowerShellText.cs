using System.Text.RegularExpressions;

namespace LettaDr;

/// <summary>Texts in PowerShell's language.</summary>
internal static class PowerShellText
{
    /// <summary>A text in single quotes. PowerShell takes typographic ones for the plain one (about_Quoting_Rules), in names of folders too.</summary>
    public static string Quoted(string text) => $"'{Regex.Replace(text, "['\u2018-\u201b]", "$0$0")}'";
}
