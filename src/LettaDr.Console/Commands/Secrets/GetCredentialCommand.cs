using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Get-Credential: asks for a user name and a password.</summary>
[Cmdlet(VerbsCommon.Get, "Credential", DefaultParameterSetName = "CredentialSet")]
public sealed class GetCredentialCommand : PSCmdlet
{
    /// <summary>A credential, which is sent on, or the user name to ask the password of.</summary>
    [Parameter(Position = 0, ParameterSetName = "CredentialSet")]
    public object? Credential { get; set; }

    /// <summary>What to tell the user.</summary>
    [Parameter(ParameterSetName = "MessageSet")]
    public string Message { get; set; } = string.Empty;

    /// <summary>The user name to ask the password of.</summary>
    [Parameter(Position = 0, ParameterSetName = "MessageSet")]
    public string UserName { get; set; } = string.Empty;

    /// <summary>Title of the question.</summary>
    [Parameter(ParameterSetName = "MessageSet")]
    public string Title { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        object? given = Credential is PSObject wrapped ? wrapped.BaseObject : Credential;
        if (given is PSCredential credential)
        {
            WriteObject(credential);
            return;
        }

        string user = given?.ToString() ?? UserName;
        if (Host.UI.PromptForCredential(Title, Message, user, string.Empty) is { } answered)
        {
            WriteObject(answered);
        }
    }
}
