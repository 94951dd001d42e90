using System.Net.Sockets;

namespace LettaDr.Systems;

/// <summary>Whether something accepts connections somewhere.</summary>
internal static class TcpReach
{
    /// <summary>Null when a connection was accepted in time, else why not, in a few words.</summary>
    public static async Task<string?> TryAsync(string host, int port, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            if (host.StartsWith('/'))
            {
                using var local = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await local.ConnectAsync(new UnixDomainSocketEndPoint($"{host}/.s.PGSQL.{port}"), timeout.Token).ConfigureAwait(false);
                return null;
            }

            using var client = new TcpClient();
            await client.ConnectAsync(host, port, timeout.Token).ConfigureAwait(false);
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"the host name {host} is not known",
                SocketError.ConnectionRefused => "nothing listens there",
                SocketError.AddressNotAvailable => "there is nothing of that name",
                _ => exception.Message,
            };
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return $"no answer within {limit.TotalSeconds:0.#} s";
        }
    }
}
