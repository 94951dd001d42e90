using System.Text;

namespace LettaDr.Systems;

/// <summary>The home folder of the Letta server in its container, in which it keeps <c>.letta</c>.</summary>
internal static class ServerHome
{
    /// <summary>As the running container's shell has it, else HOME, else root's.</summary>
    public static async Task<string> FindAsync(
        DockerEngine engine, DeploymentContainer server, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        if (server.IsRunning)
        {
            using var output = new MemoryStream();
            try
            {
                var result = await engine.ExecAsync(
                    server.Id!, ["sh", "-c", "cd ~ && pwd"], null, null, output, null, cancellationToken).ConfigureAwait(false);
                if (result.ExitCode == 0 && Encoding.UTF8.GetString(output.ToArray()).Trim() is { Length: > 0 } home && home[0] == '/')
                {
                    return home.TrimEnd('/');
                }
            }
            catch (LettaDrException)
            {
                // An image without a shell, or a container that has just stopped.
            }
        }

        return (environment.GetValueOrDefault("HOME") is { Length: > 1 } set ? set : "/root").TrimEnd('/');
    }
}
