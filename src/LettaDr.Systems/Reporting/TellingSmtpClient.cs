using MailKit.Net.Smtp;
using MimeKit;

namespace LettaDr.Systems;

/// <summary>A mail client that sends to whom the server accepts, and remembers whom it refused.</summary>
internal sealed class TellingSmtpClient : SmtpClient
{
    /// <summary>Who was refused, each with the server's words.</summary>
    public List<string> Refused { get; } = [];

    /// <inheritdoc/>
    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        Refused.Add($"{mailbox.Address}: {(int)response.StatusCode} {AlertText.Short(AlertText.OneLine(response.Response), 120)}");
}
