using System.Net;
using System.Net.Sockets;
using Docker.DotNet;

namespace LettaDr.Systems;

/// <summary>Turns what Docker.DotNet throws into failures with a remedy.</summary>
internal static class DockerFaults
{
    public static bool IsTransport(Exception exception) =>
        exception is HttpRequestException or SocketException or IOException or TimeoutException;

    public static LettaDrException NotReachable(Uri endpoint, Exception cause)
    {
        var denied = cause is SocketException { SocketErrorCode: SocketError.AccessDenied }
            || cause.InnerException is SocketException { SocketErrorCode: SocketError.AccessDenied };
        return denied
            ? new LettaDrException(
                "DockerNotPermitted", FaultKind.PermissionDenied, $"This user may not use the Docker engine at {endpoint}.",
                "Run as root or as a member of the group docker.", innerException: cause)
            : new LettaDrException(
                "DockerNotReachable", FaultKind.NotInstalled, $"No Docker engine answers at {endpoint}.",
                "Start Docker, set DOCKER_HOST to where it listens, or name the database by its URI.", innerException: cause);
    }

    public static LettaDrException Lost(Uri endpoint, string what, Exception cause) => new(
        "DockerConnectionLost", FaultKind.Unreachable, $"The Docker engine at {endpoint} went away: {what}.",
        "See whether the engine still runs, then try again.", innerException: cause);

    public static LettaDrException Refused(string what, DockerApiException cause)
    {
        var said = Said(cause);
        return cause.StatusCode switch
        {
            HttpStatusCode.NotFound => new LettaDrException(
                "DockerObjectNotFound", FaultKind.NotFound, $"Docker could not {what}: {said}.",
                "Check the name; 'docker ps -a' and 'docker images' show what there is.", innerException: cause),
            HttpStatusCode.Conflict when said.EndsWith("is already in progress", StringComparison.Ordinal) => new LettaDrException(
                "DockerRemovalInProgress", FaultKind.Busy, $"Docker could not {what}: {said}.",
                "Wait until it is gone.", innerException: cause),
            HttpStatusCode.Conflict => new LettaDrException(
                "DockerConflict", FaultKind.Busy, $"Docker could not {what}: {said}.",
                "Start, stop or rename the container that is in the way.", innerException: cause),
            _ => new LettaDrException(
                "DockerRefused", FaultKind.OperationFailed, $"Docker could not {what}: {said}.",
                "See the engine's log for the cause.", innerException: cause),
        };
    }

    /// <summary>The engine's own sentence out of <c>{"message":"…"}</c>.</summary>
    private static string Said(DockerApiException cause)
    {
        var body = cause.ResponseBody ?? string.Empty;
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(body);
            body = document.RootElement.GetProperty("message").GetString() ?? body;
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // A proxy's page, or nothing: shown as it came.
        }

        return body.Length == 0 ? cause.StatusCode.ToString() : body.Trim().TrimEnd('.');
    }
}
