using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LettaDr.Systems.Tests;

/// <summary>A mail server that follows RFC 5321 as far as a sender notices, refuses what a test says, and keeps what was said to it.</summary>
internal sealed class MailServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _said = [];

    public MailServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The certificate that STARTTLS is offered with; none, no STARTTLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The answers to commands that begin so, instead of the usual ones.</summary>
    public Dictionary<string, string> Instead { get; init; } = [];

    /// <summary>How often someone has connected.</summary>
    public int Connections { get; private set; }

    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_said)
            {
                return [.. _said];
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                Connections++;
                _ = TalkAsync(client);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var connection = client;
        Stream stream = client.GetStream();
        try
        {
            await SayAsync(stream, "220 mail.example.org ready");
            var inData = false;
            while (await LineAsync(stream) is { } line)
            {
                lock (_said)
                {
                    _said.Add(line);
                }

                if (inData && line != ".")
                {
                    continue;
                }

                await SayAsync(stream, Reply(line, inData));
                inData = line == "DATA";
                if (line == "STARTTLS")
                {
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(Certificate!);
                    stream = secure;
                }
            }
        }
        catch (Exception ended) when (ended is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away, as clients do.
        }
    }

    private string Reply(string line, bool inData) =>
        Instead.Where(pair => line.StartsWith(pair.Key, StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Value).FirstOrDefault()
        ?? (inData ? "250 2.0.0 queued as 4711"
            : line.Split(' ')[0].ToUpperInvariant() switch
            {
                "EHLO" => Certificate is null ? "250-mail.example.org\r\n250 AUTH PLAIN" : "250-mail.example.org\r\n250-AUTH PLAIN\r\n250 STARTTLS",
                "AUTH" => "235 2.7.0 welcome",
                "DATA" => "354 go on",
                "STARTTLS" => "220 go on",
                _ => "250 ok",
            });

    private static async Task SayAsync(Stream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"));

    private static async Task<string?> LineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }
}
