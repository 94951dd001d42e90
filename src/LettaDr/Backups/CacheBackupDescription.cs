namespace LettaDr;

/// <summary>Tells in words what a backup of a cache would do.</summary>
internal static class CacheBackupDescription
{
    public static string Plan(LettaDeployment deployment, CacheEndpoint cache, DeploymentContainer container, string repository) => string.Join(
        Environment.NewLine,
        $"Back up Redis at {cache} of deployment {deployment.Name} to {repository}:",
        "  1. remove what a backup that died has left there",
        $"  2. in container {container.Name}: hold back rewrites of the append-only files, copy them, put the setting back; where they are off, have a new snapshot saved and copy that",
        "  3. load the copy in a throw-away container of the same image, without a network, and count the keys",
        "  4. write the manifest and make the set visible in one step");
}
