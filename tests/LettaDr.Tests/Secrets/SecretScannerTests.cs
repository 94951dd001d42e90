namespace LettaDr.Tests;

public sealed class SecretScannerTests
{
    private const string Mark = "mArk3r-9f2c";

    [Theory]
    [InlineData("OPENAI_API_KEY=mArk3r-9f2c")]
    [InlineData("export AWS_SECRET_ACCESS_KEY='mArk3r-9f2c' # of the bucket")]
    [InlineData("LETTA_SERVER_PASSWORD=\"mArk3r-9f2c with spaces\"")]
    [InlineData("SMTP_PASS=mArk3r-9f2c")]
    [InlineData("MYSQL_PWD=mArk3r-9f2c")]
    [InlineData("GPG_PASSPHRASE=mArk3r-9f2c")]
    [InlineData("SENTRY_DSN=https://mArk3r-9f2c@example.org/1")]
    [InlineData("LETTA_PG_URI=postgresql+asyncpg://letta:mArk3r-9f2c@db:5432/letta")]
    [InlineData("LETTA_PG_URI=postgresql://letta:p@mArk3r-9f2c@db:5432/letta")]
    [InlineData("      - LETTA_PG_PASSWORD=${LETTA_PG_PASSWORD:-mArk3r-9f2c}")]
    [InlineData("      LETTA_PG_URI: ${LETTA_PG_URI:-postgresql://${U:-letta}:${LETTA_PG_PASSWORD:-mArk3r-9f2c}@db/letta}")]
    [InlineData("      E2B_API_KEY: mArk3r-9f2c")]
    [InlineData("      MODAL_TOKEN_SECRET: |\n        mArk3r-9f2c\n        more\n      NEXT: 1")]
    [InlineData("    environment: {A: b, WEBHOOK_SECRET: mArk3r-9f2c, C: d}")]
    [InlineData("    command: redis-server --requirepass mArk3r-9f2c --appendonly yes")]
    [InlineData("    command: [redis-server, \"--requirepass\", \"mArk3r-9f2c\"]")]
    [InlineData("requirepass mArk3r-9f2c")]
    [InlineData("ALTER ROLE letta PASSWORD 'mArk3r-9f2c';")]
    [InlineData("proxy_set_header Authorization \"Bearer mArk3r-9f2c\";")]
    [InlineData("{\"mcpServers\": {\"x\": {\"env\": {\"GITHUB_TOKEN\": \"mArk3r-9f2c\"}}}}")]
    [InlineData("{\"headers\": {\"Authorization\": \"Bearer mArk3r-9f2c\"}}")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nmArk3r-9f2c\n-----END PRIVATE KEY-----")]
    [InlineData("KEY_PEM=\"-----BEGIN RSA PRIVATE KEY-----\nmArk3r-9f2c\n-----END RSA PRIVATE KEY-----\"")]
    public void A_secret_is_found_and_blanked(string text)
    {
        var spans = new KnownSecrets().Find(text);
        Assert.NotEmpty(spans);
        Assert.All(spans, span => Assert.DoesNotContain(Mark, span.Name, StringComparison.Ordinal));
        var blank = KnownSecrets.Blank(text, spans);
        Assert.DoesNotContain(Mark, blank, StringComparison.Ordinal);
        Assert.Contains("********", blank, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LETTA_ENCRYPTION_KEY=2024010112345678")]
    [InlineData("BOT_TOKEN=123456789012")]
    public void A_key_of_digits_alone_is_a_key(string text) => Assert.NotEmpty(new KnownSecrets().Find(text));

    [Theory]
    [InlineData("ACCESS_TOKEN_EXPIRE_MINUTES=30")]
    [InlineData("PWD=/app")]
    [InlineData("LETTA_PASSAGE_LIMIT=100")]
    [InlineData("image: postgres:17")]
    [InlineData("LETTA_PG_PASSWORD=${LETTA_PG_PASSWORD}")]
    [InlineData("      - OPENAI_API_KEY")]
    [InlineData("OPENAI_API_KEY=")]
    [InlineData("POSTGRES_PASSWORD_FILE=/run/secrets/letta-password")]
    [InlineData("MAX_TOKENS=4096")]
    [InlineData("TOKENIZERS_PARALLELISM=false")]
    [InlineData("LETTA_OBJECT_STORE_URI=s3://bucket/letta")]
    [InlineData("LETTA_PG_URI=postgresql://letta@db:5432/letta")]
    [InlineData("    secrets: [letta_password]")]
    [InlineData("secrets:\n  letta_password:\n    file: ./secrets/password")]
    [InlineData("ports: [\"8283:8283\"]\nurl: http://localhost:8283/v1")]
    public void What_is_no_secret_is_left_alone(string text) => Assert.Empty(new KnownSecrets().Find(text));

    [Fact]
    public void A_value_known_to_be_a_secret_is_one_wherever_it_stands()
    {
        var known = new KnownSecrets();
        known.AddFrom("LETTA_SERVER_PASSWORD=s3cr/et+one\nREDIS_PASSWORD=abcd");
        foreach (var text in new[] { "plain s3cr/et+one here", "x=s3cr%2Fet%2Bone", "{\"a\": \"s3cr/et\\u002Bone\"}", "abcd" })
        {
            Assert.Equal(["********"], KnownSecrets.Blank(text, known.Find(text)).Split(' ', '"', '=').Where(word => word.StartsWith('*')));
        }

        Assert.Empty(known.Find("abcdef is another word"));
        Assert.Equal(["LETTA_SERVER_PASSWORD"], known.Find([0, 1, .. "s3cr/et+one"u8, 255]));
    }

    [Fact]
    public void A_password_that_is_only_a_word_does_not_blank_the_word_elsewhere()
    {
        var known = new KnownSecrets();
        known.AddFrom("POSTGRES_PASSWORD=postgres");
        Assert.Empty(known.Find("image: postgres:17"));
        Assert.NotEmpty(known.Find("POSTGRES_PASSWORD=postgres"));
    }

    [Theory]
    [InlineData("export LETTA_PG_URI=postgresql://letta:pw-two@db/letta", "LETTA_PG_URI")]
    [InlineData("postgresql://letta:pw-two@db/letta", "password in a URI")]
    public void A_password_in_a_URI_is_called_by_its_variable(string text, string name) =>
        Assert.Equal([name], new KnownSecrets().Find(text).Select(span => span.Name));

    [Fact]
    public void What_is_blanked_keeps_the_rest_of_the_file()
    {
        const string Text = "# keys\nOPENAI_API_KEY=sk-one # mine\nLETTA_DEBUG=True\nLETTA_PG_URI=postgresql://letta:pw-two@db:5432/letta\n";
        Assert.Equal(
            "# keys\nOPENAI_API_KEY=******** # mine\nLETTA_DEBUG=True\nLETTA_PG_URI=postgresql://letta:********@db:5432/letta\n",
            KnownSecrets.Blank(Text, new KnownSecrets().Find(Text)));
    }
}
