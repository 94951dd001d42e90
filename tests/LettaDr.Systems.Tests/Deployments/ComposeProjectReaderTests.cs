namespace LettaDr.Systems.Tests;

public sealed class ComposeProjectReaderTests
{
    [Fact]
    public void The_production_stack()
    {
        var project = ComposeFixture.Read(ComposeFixture.Folder("production"));
        Assert.Equal("production", project.Name.Value);
        var members = MemberRecognition.Recognise(project.Members);
        Assert.Equal("letta_db", members.Database?.Name);
        Assert.Equal("letta_server", members.Server?.Name);
        Assert.Null(members.Cache);
        Assert.Equal("letta_nginx", members.Proxies.Single().Name);

        var draft = DatabaseDraft.From(members, "x");
        Assert.Equal("letta-db", draft.Host.Value);
        Assert.Equal("agents", draft.Database.Value);
        Assert.Equal("letta_owner", draft.Logins[0].UserName.Value);
        Assert.Equal("letta-secret", draft.Logins[0].Password!.Reveal());
        Assert.Equal("compose.yaml services.letta_db.environment.POSTGRES_USER (LETTA_PG_USER from .env line 2)", draft.Logins[0].UserName.Source);
        Assert.Equal("open sesame", ServerDraft.From(members)?.Password?.Value);
        Assert.Equal(".env line 4", ServerDraft.From(members)?.Password?.Source);
    }

    [Fact]
    public void The_production_stack_s_volumes_ports_and_images()
    {
        var folder = ComposeFixture.Folder("production");
        var database = ComposeFixture.Read(folder).Member("letta_db").Container;
        Assert.Equal("pgvector/pgvector:pg17", database.Image);
        Assert.Empty(database.PublishedPorts);
        Assert.Equal(new ContainerVolume("bind", Path.Combine(folder, ".persist/pgdata"), "/var/lib/postgresql/data", false), database.Volumes[0]);
        Assert.Equal(new ContainerVolume("bind", Path.Combine(folder, "init.sql"), "/docker-entrypoint-initdb.d/init.sql", true), database.Volumes[1]);
        var server = ComposeFixture.Read(folder, ("LETTA_IMAGE", "letta/letta:0.16.6")).Member("letta_server");
        Assert.Equal("letta/letta:0.16.6", server.Container.Image);
        Assert.Equal([8083, 8283], server.Ports);
        Assert.Equal("sk-not-a-real-key", server.Variable("OPENAI_API_KEY")?.Value);
    }

    [Fact]
    public void The_process_s_environment_goes_before_the_env_file()
    {
        var project = ComposeFixture.Read(
            ComposeFixture.Folder("production"), ("LETTA_PG_USER", "other"), ("LETTA_PG_URI", "postgresql://far:away@host/db"), ("LETTA_DB_PORT", "7777"));
        var server = project.Member("letta_server");
        Assert.Equal("other", project.Member("letta_db").Variable("POSTGRES_USER")?.Value);
        Assert.Equal("postgresql://far:away@host/db", server.Variable("LETTA_PG_URI")?.Value);
        Assert.EndsWith("(LETTA_PG_URI from environment variable LETTA_PG_URI)", server.Variable("LETTA_PG_URI")?.Source, StringComparison.Ordinal);
        Assert.Equal(7777, project.Member("letta_db").Container.PublishedPorts[5432]);
    }

    [Fact]
    public void The_development_stack_with_anchors_and_merge_keys()
    {
        var project = ComposeFixture.Read(ComposeFixture.Folder("development"));
        var members = MemberRecognition.Recognise(project.Members);
        Assert.Equal("postgres", members.Database?.Name);
        Assert.Equal("redis", members.Cache?.Name);
        Assert.Null(members.Server);
        Assert.True(members.IsLetta);
        Assert.Equal(5433, members.Database!.Container.PublishedPorts[5432]);
        Assert.Equal(("postgres", "letta"), (members.Database.Variable("POSTGRES_PASSWORD")?.Value, members.Database.Variable("POSTGRES_DB")?.Value));
    }

    [Fact]
    public void Environment_beats_env_files_and_a_later_env_file_an_earlier()
    {
        using var folder = new TemporaryFolder();
        folder.Write("one.env", "A=one\nB=one\nC=one");
        folder.Write("two.env", "A=two\nB=two");
        folder.Write("compose.yml", """
            services:
              db:
                image: postgres
                env_file: [one.env, {path: two.env}, {path: missing.env, required: false}]
                environment: {A: direct, D: 7, E: }
            """);
        var member = ComposeFixture.Read(folder.Path, ("E", "inherited")).Member("db");
        Assert.Equal(
            ["direct", "two", "one", "7", "inherited"],
            new[] { "A", "B", "C", "D", "E" }.Select(name => member.Variable(name)?.Value));
        Assert.Equal("two.env line 2", member.Variable("B")?.Source);
    }

    [Fact]
    public void A_missing_env_file_is_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("compose.yml", "services: {db: {image: postgres, env_file: gone.env}}");
        var fault = Assert.Throws<LettaDrException>(() => ComposeFixture.Read(folder.Path));
        Assert.Equal(FaultKind.NotFound, fault.Kind);
        Assert.Contains("gone.env", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_override_file_is_laid_over()
    {
        using var folder = new TemporaryFolder();
        folder.Write("docker-compose.yml", """
            name: ${STACK:-shop}
            services:
              db:
                image: postgres:15
                environment: [POSTGRES_PASSWORD=lower, POSTGRES_USER=u]
                ports: ["5432:5432"]
            """);
        folder.Write("docker-compose.override.yml", """
            services:
              db:
                image: pgvector/pgvector:pg17
                environment: {POSTGRES_PASSWORD: upper}
                ports: ["127.0.0.1:9000-9001:9000-9001/tcp", "53:53/udp"]
            """);
        var project = ComposeFixture.Read(folder.Path);
        var member = project.Member("db");
        Assert.Equal("shop", project.Name.Value);
        Assert.Equal("pgvector/pgvector:pg17", member.Container.Image);
        Assert.Equal(("upper", "u"), (member.Variable("POSTGRES_PASSWORD")?.Value, member.Variable("POSTGRES_USER")?.Value));
        Assert.Equal(
            new Dictionary<int, int> { [5432] = 5432, [9000] = 9000, [9001] = 9001 },
            member.Container.PublishedPorts.OrderBy(port => port.Key).ToDictionary());
    }

    [Fact]
    public void Compose_file_and_project_name_may_come_from_the_env_file()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".env", "COMPOSE_PROJECT_NAME=named\nCOMPOSE_FILE=base.yml:more.yml");
        folder.Write("base.yml", "services: {db: {image: postgres}}");
        folder.Write("more.yml", "services: {cache: {image: redis}}");
        var project = ComposeFixture.Read(folder.Path);
        Assert.Equal("named", project.Name.Value);
        Assert.Equal(["db", "cache"], project.Members.Select(member => member.Name));
    }

    [Fact]
    public void Services_may_extend_others()
    {
        using var folder = new TemporaryFolder();
        folder.Write("common.yml", "services: {base: {image: ankane/pgvector, environment: {POSTGRES_USER: common}}}");
        folder.Write("compose.yaml", """
            services:
              base: {extends: {file: common.yml, service: base}}
              db: {extends: base, environment: [POSTGRES_DB=own]}
            """);
        var member = ComposeFixture.Read(folder.Path).Member("db");
        Assert.Equal("ankane/pgvector", member.Container.Image);
        Assert.Equal(("common", "own"), (member.Variable("POSTGRES_USER")?.Value, member.Variable("POSTGRES_DB")?.Value));
    }

    [Fact]
    public void Named_volumes_get_docker_s_names()
    {
        using var folder = new TemporaryFolder("stack");
        folder.Write("compose.yaml", """
            services:
              db: {image: postgres, volumes: ["data:/var/lib/postgresql/data", "own:/a:ro", "far:/b", "/anonymous"]}
            volumes:
              data:
              own: {name: my_volume}
              far: {external: true}
            """);
        Assert.Equal(["stack_data", "my_volume", "far", ""], ComposeFixture.Read(folder.Path).Member("db").Container.Volumes.Select(volume => volume.Source));
    }

    [Fact]
    public async Task A_secret_file_is_read_where_the_compose_file_says()
    {
        using var folder = new TemporaryFolder();
        folder.Write("password.txt", "hush\n");
        folder.Write("compose.yaml", """
            services:
              db:
                image: pgvector/pgvector:pg17
                secrets: [pw, {source: name, target: letta-user}]
                environment: {POSTGRES_PASSWORD_FILE: /run/secrets/pw}
            secrets: {pw: {file: ./password.txt}, name: {file: ./user.txt}}
            """);
        folder.Write("user.txt", "owner");
        var member = await new MemberSecrets(null).ResolveAsync(ComposeFixture.Read(folder.Path).Member("db"), default);
        Assert.Equal(("hush", "owner"), (member.Variable("POSTGRES_PASSWORD")?.Value, member.Variable("POSTGRES_USER")?.Value));
    }

    [Theory]
    [InlineData("services: [", "ComposeFileInvalid")]
    [InlineData("just words", "ComposeFileInvalid")]
    [InlineData("", "ComposeFileInvalid")]
    [InlineData("version: '3'", "ComposeFileInvalid")]
    [InlineData("services: {db: {image: a, image: b}}", "ComposeFileInvalid")]
    [InlineData("services: {db: {image: '${X:?give X}'}}", "ComposeVariableRequired")]
    [InlineData("services: {db: {image: '${X'}}", "ComposeTemplateInvalid")]
    public void Malformed_files_are_refused_with_a_remedy(string text, string id)
    {
        using var folder = new TemporaryFolder();
        folder.Write("compose.yaml", text);
        var fault = Assert.Throws<LettaDrException>(() => ComposeFixture.Read(folder.Path));
        Assert.Equal(id, fault.Id);
        Assert.NotEmpty(fault.Remedy);
    }

    [Fact]
    public void Aliases_of_aliases_cost_no_more_than_they_look()
    {
        var text = new System.Text.StringBuilder("x0: &x0 [a,a,a,a,a,a,a,a,a,a]\n");
        for (var i = 1; i < 12; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"x{i}: &x{i} [*x{i - 1},*x{i - 1},*x{i - 1},*x{i - 1},*x{i - 1},*x{i - 1},*x{i - 1},*x{i - 1},*x{i - 1},*x{i - 1}]\n");
        }

        Assert.NotNull(ComposeYaml.Parse(text.ToString(), "bomb.yaml"));
    }
}
