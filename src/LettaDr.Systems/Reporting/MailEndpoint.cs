using System.Net;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace LettaDr.Systems;

/// <summary>A mail server, by SMTP (RFC 5321): what it acknowledges with 250 it has taken responsibility for.</summary>
internal sealed class MailEndpoint(DrNotification notification, Secret? password, TimeSpan limit) : IAlertEndpoint
{
    // The port where TLS begins with the connection (RFC 8314); on all others it is asked for by STARTTLS.
    private const int ImplicitTlsPort = 465;

    public async Task<AlertAttempt> TryAsync(DrAlert alert, CancellationToken cancellationToken)
    {
        try
        {
            // Like the webhooks' client: a certificate is checked, but not at its issuer's own server, which alerts must not depend on.
            using var client = new TellingSmtpClient { Timeout = (int)limit.TotalMilliseconds, CheckCertificateRevocation = false };
            using var message = Message(alert);
            await client.ConnectAsync(notification.Server!, notification.Port, Security, cancellationToken).ConfigureAwait(false);
            if (password is not null)
            {
                if (!client.IsSecure && !IsThisMachine)
                {
                    return AlertAttempt.Final("The mail server offers no TLS, and the password is not sent where others can read it.");
                }

                await client.AuthenticateAsync(notification.UserName!, password.Reveal(), cancellationToken).ConfigureAwait(false);
            }

            var answer = Text(await client.SendAsync(message, cancellationToken).ConfigureAwait(false));
            await client.DisconnectAsync(quit: false, cancellationToken).ConfigureAwait(false);
            return client.Refused.Count == 0 ? new AlertAttempt(true, $"250 {answer}".TrimEnd())
                : AlertAttempt.Final($"The mail server took it, but not for {string.Join("; ", client.Refused)}");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return Judge(failure);
        }
    }

    public void Dispose()
    {
    }

    private SecureSocketOptions Security => notification switch
    {
        { Port: ImplicitTlsPort } => SecureSocketOptions.SslOnConnect,
        { RequireTls: true } => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.StartTlsWhenAvailable,
    };

    private bool IsThisMachine => notification.Server is "localhost" || (IPAddress.TryParse(notification.Server, out var address) && IPAddress.IsLoopback(address));

    private MimeMessage Message(DrAlert alert)
    {
        var message = new MimeMessage
        {
            Subject = AlertText.Short($"[LettaDr] {AlertText.Heading(alert)}", 200), Body = new TextPart("plain") { Text = AlertText.Whole(alert) },
        };
        message.From.Add(MailboxAddress.Parse(notification.From!));
        message.To.AddRange(notification.To.Select(MailboxAddress.Parse));
        if (alert.Severity == DrAlertSeverity.Critical)
        {
            message.Importance = MessageImportance.High;
        }

        return message;
    }

    private AlertAttempt Judge(Exception failure) => failure switch
    {
        SmtpCommandException command => new AlertAttempt(
            false, $"The mail server answered {(int)command.StatusCode} {Text(command.Message)}", MayRetry: (int)command.StatusCode is >= 400 and < 500),
        AuthenticationException => AlertAttempt.Final($"The mail server refused the user name {notification.UserName} or the password: {Text(failure.Message)}"),
        SslHandshakeException => AlertAttempt.Final($"No trusted TLS connection to the mail server: {Text(failure.GetBaseException().Message)}"),
        NotSupportedException => AlertAttempt.Final($"The mail server does not offer what is needed: {Text(failure.Message)}"),
        ParseException => AlertAttempt.Final($"An address of mail is written wrongly: {Text(failure.Message)}"),
        SocketException or IOException or ProtocolException or ServiceNotConnectedException or TimeoutException =>
            AlertAttempt.Passing($"No answer from {notification.Server}:{notification.Port}: {Text(failure.GetBaseException().Message)}"),
        _ => AlertAttempt.Final(Text(failure.Message)),
    };

    private string Text(string text)
    {
        var line = AlertText.OneLine(text);
        return AlertText.Short(password?.Reveal() is { Length: > 0 } secret ? line.Replace(secret, "********", StringComparison.Ordinal) : line, 200);
    }
}
