namespace LettaDr.Tests;

public sealed class DrTestEnvironmentTests
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["OPENAI_API_KEY"] = "sk-live", ["ANTHROPIC_API_KEY"] = "ant", ["SOME_NEW_PROVIDER_API_KEY"] = "x", ["AWS_REGION"] = "eu-central-1",
        ["AWS_SECRET_ACCESS_KEY"] = "aws", ["E2B_API_KEY"] = "e2b", ["MODAL_TOKEN_ID"] = "m", ["SENTRY_DSN"] = "https://key@sentry.example.org/1",
        ["LETTA_SERVER_PASSWORD"] = "p", ["LETTA_DEFAULT_TOKEN"] = "t", ["CLICKHOUSE_URL"] = "http://u:secret@ch:8123", ["LETTA_ENCRYPTION_KEY"] = "kept",
        ["LETTA_PG_URI"] = "postgresql://letta:letta@letta_db/letta", ["LETTA_PG_PASSWORD"] = "pg", ["LETTA_REDIS_HOST"] = "redis", ["LETTA_DB_HOST"] = "db",
        ["LETTA_DEBUG"] = "true", ["PATH"] = "/usr/bin",
    };

    [Fact]
    public void Whatever_could_act_on_the_world_is_blank_in_a_copy()
    {
        var copy = DrTestEnvironment.Of(Environment, new Dictionary<string, string> { ["PATH"] = "/usr/bin" });

        string[] blank =
        [
            "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "SOME_NEW_PROVIDER_API_KEY", "AWS_REGION", "AWS_SECRET_ACCESS_KEY", "E2B_API_KEY", "MODAL_TOKEN_ID", "SENTRY_DSN",
            "LETTA_SERVER_PASSWORD", "LETTA_DEFAULT_TOKEN", "CLICKHOUSE_URL",
        ];
        Assert.All(blank, name => Assert.Equal((name, ""), (name, copy[name])));
        Assert.Subset(DrTestEnvironment.Blanked(Environment).ToHashSet(), blank.ToHashSet());
    }

    [Fact]
    public void The_key_of_encrypted_columns_and_harmless_settings_stay_and_what_leads_to_the_deployment_goes()
    {
        var copy = DrTestEnvironment.Of(Environment, new Dictionary<string, string> { ["PATH"] = "/usr/bin" });

        Assert.Equal(("kept", "true"), (copy["LETTA_ENCRYPTION_KEY"], copy["LETTA_DEBUG"]));
        Assert.All(new[] { "LETTA_PG_URI", "LETTA_PG_PASSWORD", "LETTA_REDIS_HOST", "LETTA_DB_HOST", "PATH" }, name => Assert.False(copy.ContainsKey(name), name));
    }
}
