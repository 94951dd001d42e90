namespace LettaDr.Tests;

public sealed class MemberRecognitionTests
{
    [Fact]
    public void The_server_s_uri_decides_which_database_it_is()
    {
        var members = MemberRecognition.Recognise(
        [
            Member("metrics", "postgres:16"),
            Member("store", "registry.example:5000/custom/db:1", aliases: ["letta-db"]),
            Member("app", "letta/letta:latest", ("LETTA_PG_URI", "postgresql://u:p@letta-db/letta")),
        ]);
        Assert.Equal("store", members.Database?.Name);
        Assert.Equal("app", members.Server?.Name);
    }

    [Fact]
    public void A_uri_that_names_no_member_leaves_the_database_outside()
    {
        var members = MemberRecognition.Recognise([Member("app", "letta/letta", ("LETTA_PG_URI", "postgresql://u:p@rds.example/letta"))]);
        Assert.Null(members.Database);
        var draft = DatabaseDraft.From(members, "x");
        Assert.Equal("rds.example", draft.Host.Value);
        Assert.Equal("p", draft.Logins.Single().Password!.Reveal());
    }

    [Fact]
    public void Without_a_setting_letta_s_image_runs_its_own_database()
    {
        var members = MemberRecognition.Recognise([Member("app", "docker.io/letta/letta:0.16.6")]);
        Assert.Equal("app", members.Database?.Name);
        var draft = DatabaseDraft.From(members, "x");
        Assert.Equal("letta", draft.Database.Value);
        Assert.Equal("letta", draft.Logins[0].UserName.Value);
    }

    [Theory]
    [InlineData("prometheuscommunity/postgres-exporter:v1")]
    [InlineData("dpage/pgadmin4")]
    [InlineData("edoburu/pgbouncer")]
    [InlineData("postgrest/postgrest")]
    [InlineData("prodrigestivill/postgres-backup-local")]
    public void Companions_of_postgresql_are_not_it(string image)
    {
        var members = MemberRecognition.Recognise([Member("other", image), Member("db", "ankane/pgvector:v0.5.1")]);
        Assert.Equal("db", members.Database?.Name);
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("pgvector/pgvector:pg17")]
    [InlineData("ankane/pgvector@sha256:00")]
    [InlineData("bitnami/postgresql:17")]
    public void Images_of_postgresql(string image) =>
        Assert.Equal("db", MemberRecognition.Recognise([Member("db", image)]).Database?.Name);

    [Fact]
    public void Several_databases_that_nothing_tells_apart_are_refused_by_name()
    {
        var fault = Assert.Throws<LettaDrException>(() => MemberRecognition.Recognise([Member("one", "postgres"), Member("two", "postgres")]));
        Assert.Contains("test one, test two", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_one_with_pgvector_is_preferred() =>
        Assert.Equal("two", MemberRecognition.Recognise([Member("one", "postgres"), Member("two", "ankane/pgvector")]).Database?.Name);

    [Fact]
    public void The_cluster_s_owner_is_tried_before_letta_s_role()
    {
        var draft = DatabaseDraft.From(
            MemberRecognition.Recognise(
            [
                Member("db", "pgvector/pgvector:pg17", ("POSTGRES_USER", "boss"), ("POSTGRES_PASSWORD", "b"), ("POSTGRES_DB", "other")),
                Member("app", "letta/letta", ("LETTA_PG_URI", "postgresql://letta:l@db/agents?ssl=require")),
            ]),
            "x");
        Assert.Equal(["boss", "letta"], draft.Logins.Select(login => login.UserName.Value));
        Assert.Equal("agents", draft.Database.Value);
        Assert.Equal("require", draft.SslMode?.Value);
    }

    [Fact]
    public void Redis_is_found_by_letta_s_setting_with_the_password_of_its_command()
    {
        var cache = Member("cache", "custom/thing") with { Command = ["redis-server", "--requirepass", "hush", "--appendonly", "yes"] };
        var draft = CacheDraft.From(MemberRecognition.Recognise(
            [cache, Member("app", "letta/letta", ("LETTA_PG_URI", "postgresql://u@x/d"), ("LETTA_REDIS_HOST", "cache"), ("LETTA_REDIS_PORT", "6380"))]));
        Assert.Equal(("cache", 6380, "hush"), (draft!.Member!.Name, draft.Port, draft.Password!.Value));
    }

    [Fact]
    public void A_stack_without_any_word_of_letta_is_not_one()
    {
        Assert.False(MemberRecognition.Recognise([Member("db", "postgres:17"), Member("cache", "redis")]).IsLetta);
        Assert.True(MemberRecognition.Recognise([Member("db", "ankane/pgvector"), Member("cache", "redis")]).IsLetta);
    }

    [Fact]
    public void No_database_at_all_is_told()
    {
        var fault = Assert.Throws<LettaDrException>(() => DatabaseDraft.From(MemberRecognition.Recognise([Member("cache", "redis")]), "shop"));
        Assert.Equal(FaultKind.NotFound, fault.Kind);
        Assert.Contains("shop", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fact_never_shows_a_secret()
    {
        var facts = new FactList();
        facts.AddSecret("Database.Password", new Secret("hush"), "POSTGRES_PASSWORD=hush");
        facts.Add("Uri", "postgresql://u:hush@h/d", "LETTA_PG_URI");
        Assert.DoesNotContain(facts, fact => fact.ToString().Contains("hush", StringComparison.Ordinal));
        Assert.Equal("********", facts[0].Value);
    }

    private static DeploymentMember Member(string name, string image, params (string Name, string Value)[] environment) =>
        Member(name, image, [], environment);

    private static DeploymentMember Member(string name, string image, string[] aliases, params (string Name, string Value)[] environment) => new()
    {
        Name = name,
        Origin = "test " + name,
        Container = new DeploymentContainer { Name = name, Image = image },
        Aliases = aliases,
        Environment = environment.ToDictionary(v => v.Name, v => new SourcedText(v.Value, "test " + v.Name)),
    };
}
