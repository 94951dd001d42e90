namespace LettaDr.Systems;

/// <summary>Whether the containers of a deployment run, as Docker sees them now.</summary>
internal static class ContainerCheck
{
    public static async Task<Check> RunAsync(LettaDeployment deployment, CancellationToken cancellationToken)
    {
        if (deployment.Containers.Count == 0)
        {
            return Check.NotRun("No container is known to belong to the deployment.",
                "Nothing is to be done when it does not run in this machine's Docker.");
        }

        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var down = new List<string>();
        foreach (var container in deployment.Containers)
        {
            var state = await StateAsync(engine, container, cancellationToken).ConfigureAwait(false);
            if (state != "running")
            {
                down.Add($"{container.Name} is {state}");
            }
        }

        return down.Count == 0
            ? Check.Passed($"{deployment.Containers.Count} of {deployment.Containers.Count} run.")
            : Check.Failed($"{string.Join(", ", down)}.", "Start what is down, e.g. with 'docker compose up -d'; 'docker logs' tells why it stopped.");
    }

    private static async Task<string> StateAsync(DockerEngine engine, DeploymentContainer container, CancellationToken cancellationToken)
    {
        if (container.Id is null)
        {
            return "absent";
        }

        try
        {
            return (await engine.InspectAsync(container.Id, cancellationToken).ConfigureAwait(false)).State ?? "absent";
        }
        catch (LettaDrException fault) when (fault.Kind == FaultKind.NotFound)
        {
            return "absent";
        }
    }
}
