namespace LettaDr.Systems.Tests;

/// <summary>The check that alone finds a wrong LETTA_ENCRYPTION_KEY.</summary>
public sealed class EncryptionKeyTests
{
    [ComposeFact]
    public async Task The_servers_key_is_tried_on_what_the_database_holds()
    {
        await using var stack = await SystemStack.StartAsync(SystemStack.Production);
        var right = await CheckAsync(stack);

        await SetKeyAsync(stack, "production-key", "another-key");
        var wrong = await CheckAsync(stack);
        await SetKeyAsync(stack, "LETTA_ENCRYPTION_KEY=another-key", "# none");
        var none = await CheckAsync(stack);

        Assert.Equal((Outcome.Passed, Outcome.Failed, Outcome.Failed), (right.Outcome, wrong.Outcome, none.Outcome));
        Assert.Contains("does not decrypt", wrong.Evidence, StringComparison.Ordinal);
        Assert.Contains("has no LETTA_ENCRYPTION_KEY", none.Evidence, StringComparison.Ordinal);
        Assert.DoesNotContain("another-key", wrong.Evidence + wrong.Remedy, StringComparison.Ordinal);
    }

    private static async Task SetKeyAsync(SystemStack stack, string from, string to)
    {
        var path = Path.Combine(stack.Folder, ".env");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace(from, to, StringComparison.Ordinal));
        await stack.UpAsync();
    }

    private static async Task<CheckResult> CheckAsync(SystemStack stack)
    {
        var probe = new EncryptionKeyConsistency(await stack.DeploymentAsync());
        var results = new List<CheckResult>();
        await foreach (var result in probe.RunAsync(probe.Names.ToHashSet(), new CollectingObserver(), CancellationToken.None))
        {
            results.Add(result);
        }

        return Assert.Single(results);
    }
}
