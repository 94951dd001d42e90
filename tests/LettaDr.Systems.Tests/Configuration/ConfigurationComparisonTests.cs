namespace LettaDr.Systems.Tests;

/// <summary>A real project's configuration compared with its files, with its replicas and with a set; each planted fault is seen, no secret is.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ConfigurationComparisonTests(ConfigurationStack stack) : IClassFixture<ConfigurationStack>, IDisposable
{
    private readonly TemporaryRepository _repository = new();
    private readonly CollectingObserver _observer = new();
    private readonly Secret _passphrase = new("open sesame of the comparison");

    public void Dispose() => _repository.Dispose();

    [ComposeFact]
    public async Task Equal_sides_give_nothing()
    {
        Assert.Empty(await InstancesAsync());
        Assert.Equal(Outcome.Passed, (await CheckAsync()).Outcome);

        var backup = await BackUpAsync();
        Assert.Empty(await WithSetAsync(backup, _passphrase));
        var all = await WithSetAsync(backup, _passphrase, includeEqual: true);
        Assert.All(all, one => Assert.Equal(ConfigurationState.Equal, one.State));
        Assert.Equal(
            [ConfigurationItemKind.File, ConfigurationItemKind.FileVariable, ConfigurationItemKind.Variable, ConfigurationItemKind.Image],
            all.Select(one => one.Kind).Distinct().Order());
        Assert.Contains(all, one => one is { Item: ".env: LETTA_MODEL", Left: "plain-model", Right: "plain-model" });
        AssertNoSecret(all);
    }

    [ComposeFact]
    public async Task An_edited_env_file_that_was_never_applied_is_found()
    {
        var backup = await BackUpAsync();
        var path = Path.Combine(stack.Folder, ".env");
        var before = File.ReadAllText(path);
        try
        {
            File.WriteAllText(path, before.Replace("plain-model", "other-model", StringComparison.Ordinal).Replace($"OPENAI_API_KEY={stack.Mark}-env", $"OPENAI_API_KEY={stack.Mark}-new", StringComparison.Ordinal));

            var check = await CheckAsync();
            Assert.Equal(Outcome.Failed, check.Outcome);
            Assert.Contains("letta_server: LETTA_MODEL is other-model in the Compose files and plain-model in container", check.Evidence, StringComparison.Ordinal);
            Assert.Contains("2 differences", check.Evidence, StringComparison.Ordinal);
            Assert.DoesNotContain(stack.Mark, check.ToString(), StringComparison.Ordinal);

            var instances = await InstancesAsync();
            Assert.Equal(["letta_server: LETTA_MODEL", "letta_server: OPENAI_API_KEY"], instances.Select(one => one.Item));
            var drift = await WithSetAsync(backup, _passphrase);
            Assert.Equal([".env: LETTA_MODEL", ".env: OPENAI_API_KEY"], drift.Select(one => one.Item));
            Assert.Equal(("plain-model", "other-model"), (drift[0].Left, drift[0].Right));
            Assert.All([drift[1].Left!, drift[1].Right!], shown => Assert.Matches("^hmac:[0-9a-f]{12}$", shown));
            Assert.NotEqual(drift[1].Left, drift[1].Right);
            AssertNoSecret([.. instances, .. drift]);

            // Files that would now be another project: its volumes are the same for all that.
            File.WriteAllText(path, before + "COMPOSE_PROJECT_NAME=another\n");
            Assert.Equal("letta_server: COMPOSE_PROJECT_NAME", Assert.Single(await InstancesAsync()).Item);

            // A comment alone is a difference of the file, and of nothing that runs.
            File.WriteAllText(path, before + "# a comment\n");
            Assert.Equal(".env", Assert.Single(await WithSetAsync(backup, _passphrase)).Item);
            Assert.Equal(Outcome.Passed, (await CheckAsync()).Outcome);
        }
        finally
        {
            File.WriteAllText(path, before);
        }
    }

    [ComposeFact]
    public async Task A_replica_with_another_variable_is_found()
    {
        var path = Path.Combine(stack.Folder, "compose.override.yaml");
        var before = File.ReadAllText(path);
        try
        {
            File.WriteAllText(path, before.Replace("LETTA_DEBUG: \"True\"", "LETTA_DEBUG: \"False\"", StringComparison.Ordinal).Replace("-override", "-second", StringComparison.Ordinal));
            stack.Compose("up", "-d", "--no-recreate", "--scale", "letta_server=2", "letta_server");
            File.WriteAllText(path, before);

            var differences = await InstancesAsync();
            var replicas = differences.Where(one => one.LeftSource.StartsWith("container ", StringComparison.Ordinal)).ToList();
            Assert.Equal(["letta_server: LETTA_DEBUG", "letta_server: MODAL_TOKEN_SECRET"], replicas.Where(one => one.Kind == ConfigurationItemKind.Variable).Select(one => one.Item));
            Assert.Equal(("True", "False"), (replicas.Single(one => one.Item.EndsWith("DEBUG", StringComparison.Ordinal)).Left, replicas.Single(one => one.Item.EndsWith("DEBUG", StringComparison.Ordinal)).Right));
            // The first replica has files in its home that the second has not.
            Assert.Contains(replicas, one => one.Kind == ConfigurationItemKind.File && one.Item.EndsWith("/.letta/mcp_config.json", StringComparison.Ordinal) && one.State == ConfigurationState.OnlyLeft);
            AssertNoSecret(differences);
            Assert.Contains("LETTA_DEBUG", (await CheckAsync()).Evidence, StringComparison.Ordinal);
        }
        finally
        {
            File.WriteAllText(path, before);
            stack.Compose("up", "-d", "--no-recreate", "--scale", "letta_server=1", "letta_server");
        }

        Assert.Equal(Outcome.Passed, (await CheckAsync()).Outcome);
    }

    [ComposeFact]
    public async Task A_container_of_an_image_that_its_name_no_longer_means_is_found()
    {
        var image = "lettadr-test-compare:" + Guid.NewGuid().ToString("N")[..8];
        var path = Path.Combine(stack.Folder, "compose.override.yaml");
        var before = File.ReadAllText(path);
        Docker("tag", TestImages.Redis, image);
        try
        {
            File.WriteAllText(path, before + $"  tagged:\n    image: {image}\n    labels: {{lettadr.test: \"1\"}}\n    entrypoint: [\"sleep\", \"86400\"]\n");
            stack.Compose("up", "-d", "--no-recreate", "tagged");
            var deployment = await new DeploymentDiscovery(stack.Folder, ComposeStack.Nothing).FromPathAsync(".", CancellationToken.None);
            Assert.Equal(Outcome.Passed, (await CheckAsync(deployment)).Outcome);

            Docker("tag", TestImages.Postgres, image);
            var found = Assert.Single(await InstancesAsync(deployment), one => one.Kind == ConfigurationItemKind.Image);
            Assert.Equal(("tagged", ConfigurationState.Different), (found.Item, found.State));
            Assert.StartsWith(image + " (sha256:", found.Left, StringComparison.Ordinal);
            Assert.Equal(Outcome.Failed, (await CheckAsync(deployment)).Outcome);
        }
        finally
        {
            stack.Compose("rm", "--force", "--stop", "tagged");
            File.WriteAllText(path, before);
            Docker("rmi", image);
        }
    }

    [ComposeFact]
    public async Task What_a_set_holds_encrypted_is_told_as_not_compared_without_a_key()
    {
        var backup = await BackUpAsync();
        var differences = await WithSetAsync(backup, null);

        Assert.All(differences, one => Assert.Equal(ConfigurationState.NotCompared, one.State));
        Assert.Contains(differences, one => one is { Item: ".env", Kind: ConfigurationItemKind.File } && one.Note!.Contains("-Passphrase", StringComparison.Ordinal));
        Assert.Contains(differences, one => one is { Item: "letta_server", Kind: ConfigurationItemKind.Variable });
        Assert.Contains(_observer.Messages, text => text.Contains("no mounts", StringComparison.Ordinal));

        // Another size is a difference even so.
        var path = Path.Combine(stack.Folder, ".env");
        var before = File.ReadAllText(path);
        try
        {
            File.WriteAllText(path, before + "#\n");
            var resized = Assert.Single(await WithSetAsync(backup, null), one => one.State == ConfigurationState.Different);
            Assert.Equal(".env", resized.Item);
            Assert.Contains("size only", resized.Note, StringComparison.Ordinal);
        }
        finally
        {
            File.WriteAllText(path, before);
        }

        var wrong = await Assert.ThrowsAsync<LettaDrException>(() => WithSetAsync(backup, new Secret("another one")));
        Assert.Equal("PassphraseWrong", wrong.Id);
    }

    [ComposeFact]
    public async Task Without_a_project_the_check_is_not_run()
    {
        var without = await CheckAsync(stack.Deployment with { Compose = null });
        Assert.Equal(Outcome.NotRun, without.Outcome);
        Assert.NotNull(without.Remedy);
    }

    private Task<Backup> BackUpAsync() => stack.BackUpAsync(_repository, new SecretSealing([], _passphrase), _observer);

    private async Task<List<ConfigurationDifference>> WithSetAsync(Backup backup, Secret? passphrase, bool includeEqual = false)
    {
        var comparison = new ConfigurationComparison([], passphrase, _observer);
        var set = comparison.Read(backup, _repository.Directory);
        return [.. comparison.Compare(set, await comparison.ReadAsync(stack.Deployment, default), includeEqual)];
    }

    private async Task<List<ConfigurationDifference>> InstancesAsync(LettaDeployment? deployment = null)
    {
        var comparison = new ConfigurationComparison([], null, _observer);
        var pairs = await comparison.PairsAsync(deployment ?? stack.Deployment, default);
        return [.. pairs.SelectMany(pair => comparison.Compare(pair.Left, pair.Right, includeEqual: false))];
    }

    private async Task<CheckResult> CheckAsync(LettaDeployment? deployment = null)
    {
        var test = new ConsistencyTest("test", [new ConfigurationConsistency(deployment ?? stack.Deployment)]);
        var results = new List<CheckResult>();
        await foreach (var result in test.RunAsync([], _observer, default))
        {
            results.Add(result);
        }

        var check = Assert.Single(results);
        Assert.Equal("ConfigurationEqual", check.Name);
        return check;
    }

    private void AssertNoSecret(IEnumerable<ConfigurationDifference> differences)
    {
        var text = string.Join('\n', differences.Select(one => $"{one} {one.Left} {one.Right} {one.Note}").Concat(_observer.Messages).Concat(_observer.Warnings));
        Assert.DoesNotContain(stack.Mark, text, StringComparison.Ordinal);
    }

    private static void Docker(params string[] arguments) => Assert.True(ComposeStack.Run("docker", arguments, ".", out var output), output);
}
