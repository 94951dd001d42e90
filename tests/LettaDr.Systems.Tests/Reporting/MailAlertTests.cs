using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LettaDr.Systems.Tests;

/// <summary>Alerts by e-mail, in real conversations with a mail server.</summary>
public sealed class MailAlertTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly string _passwordFile = Path.GetTempFileName();

    public MailAlertTests() => File.WriteAllText(_passwordFile, Password);

    public void Dispose() => File.Delete(_passwordFile);

    [Fact]
    public async Task The_mail_is_delivered_when_the_server_says_so()
    {
        using var server = new MailServer();

        var delivery = await SendAsync(server, Mail(server) with { RequireTls = false, UserName = "letta", PasswordFrom = $"file:{_passwordFile}" });

        Assert.True(delivery.Delivered, delivery.Response);
        Assert.Equal(("250 2.0.0 queued as 4711", 1), (delivery.Response, delivery.Attempts));
        Assert.Contains("MAIL FROM:<dr@example.org>", server.Said[2], StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<ops@example.org>", server.Said, StringComparer.Ordinal);
        Assert.Contains("Subject: [LettaDr] Critical: The backup failed", server.Said);
        Assert.Contains("The disk is full.", server.Said);
        Assert.Contains($"AUTH PLAIN {Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0letta\0{Password}"))}", server.Said);
    }

    [Fact]
    public async Task A_server_without_TLS_gets_neither_the_password_nor_the_alert()
    {
        using var server = new MailServer();

        var delivery = await SendAsync(server, Mail(server) with { UserName = "letta", PasswordFrom = $"file:{_passwordFile}" });

        Assert.Equal((false, 1), (delivery.Delivered, delivery.Attempts));
        Assert.Contains("STARTTLS", delivery.Response, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Said, line => line.StartsWith("AUTH", StringComparison.Ordinal) || line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var server = new MailServer { Certificate = made };

        var delivery = await SendAsync(server, Mail(server));

        Assert.Equal((false, 1), (delivery.Delivered, delivery.Attempts));
        Assert.StartsWith("No trusted TLS connection to the mail server", delivery.Response, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Said, line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_not_tried_again()
    {
        using var server = new MailServer { Instead = new() { ["AUTH"] = $"535 5.7.8 bad credentials {Password}" } };

        var delivery = await SendAsync(server, Mail(server) with { RequireTls = false, UserName = "letta", PasswordFrom = $"file:{_passwordFile}" });

        Assert.Equal((false, 1, 1), (delivery.Delivered, delivery.Attempts, server.Connections));
        Assert.StartsWith("The mail server refused the user name letta or the password: ", delivery.Response, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, delivery.Response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAIL", "451 4.3.0 try later", 3)]
    [InlineData("MAIL", "550 5.1.8 not from you", 1)]
    [InlineData("DATA", "552 5.2.2 mailbox full", 1)]
    public async Task What_may_pass_is_tried_again_and_what_the_server_said_is_told(string command, string answer, int attempts)
    {
        using var server = new MailServer { Instead = new() { [command] = answer } };

        var delivery = await SendAsync(server, Mail(server) with { RequireTls = false });

        Assert.Equal((false, attempts, attempts), (delivery.Delivered, delivery.Attempts, server.Connections));
        Assert.Contains(answer[4..], delivery.Response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_whom_the_server_accepts_get_it_and_the_others_are_named()
    {
        using var server = new MailServer { Instead = new() { ["RCPT TO:<gone@example.org>"] = "550 5.1.1 no such user" } };

        var delivery = await SendAsync(server, Mail(server) with { RequireTls = false, To = ["gone@example.org", "ops@example.org"] });

        Assert.False(delivery.Delivered);
        Assert.Contains("gone@example.org: 550 5.1.1 no such user", delivery.Response, StringComparison.Ordinal);
        Assert.Contains("Subject: [LettaDr] Critical: The backup failed", server.Said);
    }

    [Fact]
    public async Task A_title_cannot_add_lines_to_the_head_of_the_mail()
    {
        using var server = new MailServer();

        var delivery = await SendAsync(server, Mail(server) with { RequireTls = false }, "Failed\r\nBcc: thief@example.org");

        Assert.True(delivery.Delivered, delivery.Response);
        Assert.DoesNotContain(server.Said, line => line.StartsWith("Bcc", StringComparison.Ordinal));
    }

    private static DrNotification Mail(MailServer server) => new()
    {
        Name = "mail", Kind = DrNotificationKind.Smtp, Server = "127.0.0.1", Port = server.Port, From = "dr@example.org", To = ["ops@example.org"],
    };

    private static async Task<DrAlertDelivery> SendAsync(MailServer server, DrNotification notification, string title = "The backup failed")
    {
        var alert = new DrAlert { Title = title, Message = "The disk is full.", Severity = DrAlertSeverity.Critical };
        return Assert.Single(await AlertSender.SendAsync(
            alert, [notification], AlertLimits.Default with { WaitAsync = (_, _) => Task.CompletedTask }, CancellationToken.None));
    }
}
