using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LettaDr.Systems.Tests;

/// <summary>A web server that answers as a test says, and keeps what it was sent.</summary>
internal sealed class WebhookServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<string> _answers;
    private readonly string _last;

    /// <summary>Begins to listen.</summary>
    /// <param name="answers">Whole answers, one a request; the last is given to all that follow. Null: it reads and stays silent.</param>
    public WebhookServer(params string?[] answers)
    {
        _answers = new(answers.Select(answer => answer ?? string.Empty));
        _last = answers[^1] ?? string.Empty;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}/services/T0SECRETPART/B0SECRETPART";

    /// <summary>Each request: its head and its body.</summary>
    public ConcurrentQueue<(string Head, string Body)> Requests { get; } = [];

    public static string Answer(string status, string body = "", string headers = "") =>
        $"HTTP/1.1 {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}";

    public void Dispose()
    {
        _ending.Cancel();
        _listener.Dispose();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_ending.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        using var stream = client.GetStream();
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (Length(text.ToString()) is not { } length || text.Length < length)
        {
            var read = await stream.ReadAsync(buffer);
            if (read == 0)
            {
                return;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        var whole = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text.ToString()));
        var end = whole.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Requests.Enqueue((whole[..end], whole[(end + 4)..]));
        var answer = _answers.TryDequeue(out var next) ? next : _last;
        if (answer.Length == 0)
        {
            await Task.Delay(Timeout.Infinite, _ending.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
    }

    private static int? Length(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var line = text.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return end < 0 ? null : end + 4 + (line is null ? 0 : int.Parse(line["Content-Length:".Length..], System.Globalization.CultureInfo.InvariantCulture));
    }
}
