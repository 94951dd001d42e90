namespace LettaDr.Systems;

/// <summary>Tells in words what a backup of configuration would do.</summary>
internal static class ConfigurationDescription
{
    public static string Plan(LettaDeployment deployment, SecretSealing sealing, bool includeImages, string repository)
    {
        var lines = new List<string>
        {
            $"Back up the configuration of deployment {deployment.Name} to {repository}:",
            deployment.Compose is { } compose
                ? $"  1. read the Compose project in {compose.Folder} ({string.Join(", ", compose.Files.Select(Path.GetFileName))}), what it refers to, and mounted files"
                : "  1. read the files that are mounted into the containers; no Compose file is known",
            $"  2. read ~/.letta of {(deployment.Server?.Container is { } server ? $"container {server.Name}" : "no container: the server is in none here")}, and each container's environment",
            sealing.HasRecipients ? $"  3. encrypt files with secrets to {sealing}" : "  3. blank secrets, for there is neither -Certificate nor -Passphrase",
            "  4. check each agent's memory repository (git fsck) and bundle it",
        };
        if (includeImages)
        {
            lines.Add($"  5. save the images {string.Join(", ", deployment.Containers.Select(container => container.Image).OfType<string>().Distinct())}");
        }

        lines.Add($"  {lines.Count}. write the manifest and make the set visible in one step");
        return string.Join(Environment.NewLine, lines);
    }
}
