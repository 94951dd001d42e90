using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Throw-away containers say which process made them, so that a later one removes those of the dead.</summary>
internal static class ScratchContainers
{
    private const string OwnerLabel = "lettadr.scratch";

    /// <summary>The labels of a container that this process makes for itself.</summary>
    public static Dictionary<string, string> Labels() => new()
    {
        [OwnerLabel] = ProcessOwner.Own,
        ["lettadr.created"] = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture),
    };

    /// <summary>Removes the containers of processes that died before they could.</summary>
    public static async Task SweepAsync(DockerEngine docker, CancellationToken cancellationToken)
    {
        var ours = new Dictionary<string, string> { [OwnerLabel] = string.Empty };
        foreach (var found in await docker.ListAsync(all: true, ours, cancellationToken).ConfigureAwait(false))
        {
            if (found.Labels.TryGetValue(OwnerLabel, out var owner) && ProcessOwner.IsDead(owner))
            {
                await docker.Containers.RemoveAsync(found.Container.Id!, volumes: true, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
