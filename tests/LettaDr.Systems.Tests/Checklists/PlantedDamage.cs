namespace LettaDr.Systems.Tests;

/// <summary>Flips a byte in a relation's file of a server that is stopped for it.</summary>
internal static class PlantedDamage
{
    /// <summary>Damages one block of a table or index; the server does not run afterwards.</summary>
    public static async Task FlipAsync(LettaDeployment deployment, string relation, int block)
    {
        await PostgresServer.ExecuteAsync(deployment, "CHECKPOINT");
        var file = await PostgresServer.ValueAsync(deployment, $"SELECT pg_relation_filepath('{relation}')");
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        var container = deployment.Database.Container!;
        await engine.Containers.StopAsync(container.Id!, TimeSpan.FromMinutes(1), CancellationToken.None);
        await using var scratch = await ScratchContainer.StartAsync(engine, container.Image!, null, container.Volumes, CancellationToken.None);
        await scratch.ShellAsync(
            "printf '\\125' | dd of=\"/var/lib/postgresql/data/$1\" bs=1 seek=\"$2\" conv=notrunc", [file, $"{(block * 8192) + 8000}"], null, CancellationToken.None);
    }

    public static async Task StartAsync(SystemStack stack)
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        await engine.Containers.StartAsync((await stack.DeploymentAsync()).Database.Container!.Id!, CancellationToken.None);
        await Eventually.TrueAsync(async () =>
            (await ComposeStack.CheckAsync(await stack.DeploymentAsync())).Exists(check => check is { Name: "DatabaseVector", Outcome: Outcome.Passed }));
    }
}
