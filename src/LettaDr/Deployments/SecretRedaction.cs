using System.Text.RegularExpressions;

namespace LettaDr;

/// <summary>Blanks whatever could be a password in a text that is about to be shown; rather too much than too little.</summary>
internal static partial class SecretRedaction
{
    private const string Blank = "********";

    public static string Apply(string text)
    {
        text = UserInformation().Replace(text, "${before}" + Blank + "@");
        text = UserInformationWithoutHost().Replace(text, "${before}" + Blank);
        return NamedSecret().Replace(text, "${name}" + Blank);
    }

    /// <summary>Whether a variable of this name is to be kept from view.</summary>
    public static bool IsSecretName(string name) => SecretName().IsMatch(name);

    // To the last @ of the word: an unencoded @ in a password must not leave its tail behind.
    [GeneratedRegex(@"(?<before>[A-Za-z][\w+.-]*://[^:/?#\s@\[]*:)\S*@")]
    private static partial Regex UserInformation();

    // "scheme://user:word" with no host after it is not a port, unless the word is one.
    [GeneratedRegex(@"(?<before>[A-Za-z][\w+.-]*://[^:/?#\s@\[]*:)(?!\*{8}@)(?!\d{1,5}(?:[/?#,\s""']|$))[^\s]+")]
    private static partial Regex UserInformationWithoutHost();

    [GeneratedRegex(
        @"(?<name>\b\w*(?:password|passwd|pwd|secret|token|api_?key|access_?key|encryption_?key)\w*\s*=\s*)(?:'(?:[^'\\]|\\.|'')*'|""(?:[^""\\]|\\.)*""|[^;&\r\n]*?(?=;|&|\r|\n|$|\s+\w+\s*=))",
        RegexOptions.IgnoreCase)]
    private static partial Regex NamedSecret();

    [GeneratedRegex("PASSWORD|PASSWD|PASSPHRASE|PASS$|PASS_|_PWD$|SECRET|TOKEN|KEY|CREDENTIAL|DSN|_URI$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
