using System.Management.Automation;
using System.Security;

namespace LettaDr.Console;

/// <summary>Asks for a user name, unless one is given, and a password that is not shown.</summary>
internal sealed class CredentialPrompt(Terminal terminal, LineReader reader)
{
    /// <summary>Asks.</summary>
    /// <param name="caption">Title; a usual one when empty.</param>
    /// <param name="message">What it is for; a usual sentence when empty.</param>
    /// <param name="userName">The user name, if known.</param>
    /// <returns>The credential; null when no user name was given.</returns>
    public PSCredential? Ask(string? caption, string? message, string? userName)
    {
        string title = string.IsNullOrEmpty(caption) ? "Credential request" : caption;
        terminal.WritePrompt("\n" + ConsoleColours.In(PSStyle.Instance.Bold, title) + "\n");
        terminal.WritePrompt((string.IsNullOrEmpty(message) ? "Enter the user name and password." : message) + "\n");
        string user = userName ?? string.Empty;
        if (user.Length == 0)
        {
            terminal.WritePrompt("User: ");
            user = reader.ReadLine();
            if (user.Length == 0)
            {
                return null;
            }
        }

        terminal.WritePrompt($"Password for user {user}: ");
        SecureString password = reader.ReadSecret();
        return new PSCredential(user, password);
    }
}
