using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Throw-away containers say which process made them, so that a later one removes those of the dead.</summary>
internal static class ScratchContainers
{
    private const string OwnerLabel = "lettadr.scratch";

    /// <summary>The labels of a container that this process makes for itself.</summary>
    public static Dictionary<string, string> Labels() => new()
    {
        [OwnerLabel] = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}@{Environment.MachineName}"),
        ["lettadr.created"] = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture),
    };

    /// <summary>Removes the containers of processes that died before they could.</summary>
    public static async Task SweepAsync(DockerEngine docker, CancellationToken cancellationToken)
    {
        var ours = new Dictionary<string, string> { [OwnerLabel] = string.Empty };
        foreach (var found in await docker.ListAsync(all: true, ours, cancellationToken).ConfigureAwait(false))
        {
            if (found.Labels.TryGetValue(OwnerLabel, out var owner) && IsDead(owner))
            {
                await docker.Containers.RemoveAsync(found.Container.Id!, volumes: true, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether a process of this machine still runs.</summary>
    public static bool IsAlive(int processId)
    {
        try
        {
            using var alive = System.Diagnostics.Process.GetProcessById(processId);
            return !alive.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsDead(string owner)
    {
        if (owner.Split('@') is not [var process, var machine] || machine != Environment.MachineName
            || !int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        return !IsAlive(id);
    }
}
