using System.Text.Json;
using System.Text.Json.Nodes;

namespace LettaDr.Systems.Tests;

/// <summary>Plan files: what is read, and where what is wrong stands.</summary>
public sealed class DrPlanFileTests : IDisposable
{
    private const string Least = "name: letta\ndeployment: letta\nrepository: sets\n";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Whatever_the_schema_names_is_read()
    {
        using var schema = JsonDocument.Parse(PlanSchema.Text());
        var smtp = new[] { "server", "port", "requireTls", "from", "to", "userName", "passwordFrom" };
        foreach (var (path, value) in Leaves(schema.RootElement, schema.RootElement))
        {
            var kind = smtp.Contains(path[^1]) && path[0] == "notifications" ? "smtp" : "webhook";
            var without = Render(path, null, kind);
            var with = Render(path, value, kind);

            Assert.True(without != with, $"{string.Join('.', path)} leaves the plan as it was.");
        }
    }

    [Fact]
    public void What_is_not_said_is_as_the_guide_has_it()
    {
        var plan = Read(Least + "contacts:\nobjectives:\n  rto:\n    cache: 1h30m\n");

        Assert.Equal(new RecoveryTargets { CacheRto = TimeSpan.FromMinutes(90) }, plan.Objectives);
        Assert.Equal(new RetentionPolicy(), plan.Retention);
        Assert.Equal(new DrTestFrequencies(), plan.Drills);
        Assert.Empty(plan.Contacts);
        Assert.Null(plan.Communication);
    }

    [Fact]
    public void A_folder_of_the_deployments_name_is_taken_for_it_only_with_a_Compose_file()
    {
        Directory.CreateDirectory(InFolder("letta"));
        Assert.Equal("letta", Read(Least).Deployment);

        File.WriteAllText(InFolder("letta/compose.yaml"), "services: {}\n");
        Assert.Equal(InFolder("letta"), Read(Least).Deployment);
    }

    [DockerFact]
    public async Task A_plans_bare_name_is_no_folder_that_lies_where_somebody_stands()
    {
        Directory.CreateDirectory(InFolder("no-such-project"));
        File.WriteAllText(InFolder("no-such-project/compose.yaml"), "services: {}\n");
        var discovery = new DeploymentDiscovery(_folder.Path);
        var planned = new DrPlan { Name = "letta", Deployment = "no-such-project", Repository = "/sets" }.ToReference();

        var byName = await Assert.ThrowsAsync<LettaDrException>(() => discovery.ResolveAsync(planned, CancellationToken.None));
        var byFolder = await Assert.ThrowsAsync<LettaDrException>(() => discovery.ResolveAsync(new DeploymentReference("no-such-project"), CancellationToken.None));

        Assert.DoesNotContain("has no PostgreSQL", byName.Message, StringComparison.Ordinal);
        Assert.Contains("has no PostgreSQL", byFolder.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_count_from_the_plans_folder()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "ops"), string.Empty);
        var plan = Read("""
            name: letta
            deployment: ./compose.yaml
            repository: ../sets
            certificates: [ops, keys/ops.cer, 0123456789ABCDEF0123456789ABCDEF01234567]
            passphraseFrom: file:secret
            sites:
              - { name: dr, docker: "tcp://dr:2375", repository: dr-sets, destination: /srv/letta }
            runbooks:
              documents:
                - { name: A, location: a.md }
                - { name: B, location: https://wiki.example/b }
            """);

        Assert.Equal(InFolder("compose.yaml"), plan.Deployment);
        Assert.Equal(Path.GetFullPath(InFolder("../sets")), plan.Repository);
        Assert.Equal([InFolder("ops"), InFolder("keys/ops.cer"), "0123456789ABCDEF0123456789ABCDEF01234567"], plan.Certificates);
        Assert.Equal($"file:{InFolder("secret")}", plan.PassphraseFrom);
        Assert.Equal((InFolder("dr-sets"), "/srv/letta"), (plan.Sites[0].Repository, plan.Sites[0].Destination));
        Assert.Equal([InFolder("a.md"), "https://wiki.example/b"], plan.Runbooks.Documents.Select(document => document.Location));
    }

    [Theory]
    [InlineData("letta", "letta")]
    [InlineData("postgresql://letta@db.example/letta", "postgresql://letta@db.example/letta")]
    [InlineData("env:LETTA_PG_URI", "env:LETTA_PG_URI")]
    public void Names_and_addresses_stay(string written, string read) =>
        Assert.Equal(read, Read($"name: a\nrepository: sets\ndeployment: {written}\n").Deployment);

    [Theory]
    [InlineData("name: [a\n", 2, 1, "YAML")]
    [InlineData("name: a\nname: b\n", 2, 1, "YAML")]
    [InlineData("", 1, 1, "empty")]
    [InlineData(Least + "retension:\n  daily: 3\n", 4, 1, "There is no key 'retension'")]
    [InlineData(Least + "contacts:\n  - name: A\n    role: b\n    fone: '1'\n", 7, 5, "There is no key 'fone'")]
    [InlineData("name: a\nrepository: b\n", 1, 1, "The key 'deployment' is missing")]
    [InlineData("name: a\nrepository: b\ndeployment:\n", 3, 1, "The key 'deployment' has no value")]
    [InlineData(Least + "sites:\n  - name: dr\n    docker: tcp://dr:2375\n  - name: x\n", 7, 5, "The key 'docker' is missing")]
    [InlineData(Least + "sites:\n  - name: dr\n    docker: http://dr.example.org:99999\n", 6, 13, "cannot be understood")]
    [InlineData(Least + "objectives:\n  rto:\n    database: 2 hours\n", 6, 15, "'database' is not a time")]
    [InlineData(Least + "drills:\n  failover: 0h\n", 5, 13, "'failover' is not a time")]
    [InlineData(Least + "retention:\n  daily: many\n", 5, 10, "'daily' is not a whole number")]
    [InlineData(Least + "retention: { hourly: 0, daily: 0, weekly: 0, monthly: 0 }\n", 4, 12, "keeps no set")]
    [InlineData(Least + "passphraseFrom: correct horse battery\n", 4, 17, "'passphraseFrom' is not env:")]
    [InlineData(Least + "contacts:\n  - {name: A, role: b}\n  - {name: a, role: c}\n", 6, 12, "named 'a' already")]
    [InlineData(Least + "communication:\n  owner: Nobody\n", 5, 10, "none of the contacts")]
    [InlineData(Least + "contacts:\n  - {name: A, role: b, validatedOn: 2026-02-30}\n", 5, 37, "'validatedOn' is not a day")]
    [InlineData(Least + "contacts:\n  - {name: A, role: b, validatedOn: 2999-01-01}\n", 5, 37, "yet to come")]
    [InlineData(Least + "notifications:\n  - name: m\n    kind: smpt\n", 6, 11, "'kind' is none of")]
    [InlineData(Least + "notifications:\n  - name: m\n    kind: smtp\n    server: s\n    from: a@b\n    to: [a@b]\n    port: 70000\n", 10, 11, "'port' is more than 65535")]
    [InlineData(Least + "notifications:\n  - name: m\n    kind: smtp\n    server: s\n    from: a@b\n", 5, 5, "has no 'to'")]
    [InlineData(Least + "notifications:\n  - {name: s, kind: slack, urlFrom: 'https://hooks.slack.com/services/T/B/x'}\n", 5, 37, "is itself a secret")]
    [InlineData("name: a\nrepository: b\ndeployment: postgresql://u:hunter2@h/d\n", 3, 13, "holds a password")]
    [InlineData("name: a\nrepository: b\ndeployment: postgresql://u@h:99999/d\n", 3, 13, "port")]
    public void What_is_wrong_is_told_where_it_stands(string text, int line, int column, string expected)
    {
        var path = Write(text);

        var reading = DrPlanFile.Inspect(path);
        var failure = Assert.Throws<LettaDrException>(() => DrPlanFile.Read(path));

        Assert.Null(reading.Plan);
        var problem = reading.Problems[0];
        Assert.Contains(expected, problem.Text, StringComparison.Ordinal);
        Assert.Equal((line, column), (problem.Line, problem.Column));
        Assert.Equal("PlanInvalid", failure.Id);
        Assert.StartsWith($"{path}({line},{column}): ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("correct horse", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_told_in_the_order_of_the_file()
    {
        var path = Write("nome: a\nrepository: b\ndeployment: c\nretention:\n  dayly: 3\n  weekly: -1\n");

        Assert.Equal([(1L, 1L), (1, 1), (5, 3), (6, 11)], DrPlanFile.Inspect(path).Problems.Select(problem => (problem.Line, problem.Column)));
        Assert.Contains("Write 'name', if that is meant.", DrPlanFile.Inspect(path).Problems.Select(problem => problem.Remedy));
        Assert.Contains("Test-LettaDrPlan shows all 4 problems", Assert.Throws<LettaDrException>(() => DrPlanFile.Read(path)).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_of_aliases_do_not_grow_without_end()
    {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 9).Select(
            level => $"{(char)('a' + level)}: &{(char)('a' + level)} [{string.Join(',', Enumerable.Repeat($"*{(char)('a' + level - 1)}", 10))}]\n"));

        Assert.Contains("too large", DrPlanFile.Inspect(Write(bomb)).Problems[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Assert.Equal("PlanNotFound", Assert.Throws<LettaDrException>(() => DrPlanFile.Read(InFolder("nowhere.yaml"))).Id);

    public void Dispose() => _folder.Dispose();

    private string InFolder(string path) => Path.Combine(_folder.Path, path);

    private DrPlan Read(string text) => DrPlanFile.Read(Write(text));

    private string Write(string text)
    {
        var path = InFolder("letta-dr.yaml");
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A plan, as JSON, which is YAML too, with a value at a path; and all that was read from it, as text.</summary>
    private string Render(string[] path, JsonNode? value, string kind)
    {
        var root = new JsonObject { ["name"] = "letta", ["deployment"] = "letta", ["repository"] = "sets" };
        JsonNode node = root;
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == "[]")
            {
                var item = Item(path[0], kind);
                ((JsonArray)node).Add((JsonNode)item);
                node = item;
            }
            else if (i < path.Length - 1)
            {
                JsonNode child = path[i + 1] == "[]" ? new JsonArray() : new JsonObject();
                ((JsonObject)node)[path[i]] = child;
                node = child;
            }
            else if (value is not null)
            {
                ((JsonObject)node)[path[i]] = value.DeepClone();
            }
        }

        if (path[^1] is "owner")
        {
            root["contacts"] = new JsonArray(new JsonObject { ["name"] = "text", ["role"] = "r" });
        }

        if (path[^1] is "userName" or "passwordFrom")
        {
            // Each needs the other.
            root["notifications"]![0]!["userName"] ??= "u";
            root["notifications"]![0]!["passwordFrom"] ??= "env:B";
        }

        return JsonSerializer.Serialize(Read(root.ToJsonString()));
    }

    private static JsonObject Item(string list, string kind) => list switch
    {
        "sites" => new JsonObject { ["name"] = "n", ["docker"] = "tcp://h:1" },
        "contacts" => new JsonObject { ["name"] = "n", ["role"] = "r" },
        "runbooks" => new JsonObject { ["name"] = "n", ["location"] = "l" },
        _ when kind == "smtp" => new JsonObject
        {
            ["name"] = "n", ["kind"] = "smtp", ["server"] = "s", ["from"] = "a@b", ["to"] = new JsonArray("a@b"),
        },
        _ => new JsonObject { ["name"] = "n", ["kind"] = "webhook", ["urlFrom"] = "env:A" },
    };

    private static IEnumerable<(string[] Path, JsonNode Value)> Leaves(JsonElement root, JsonElement schema)
    {
        foreach (var property in schema.GetProperty("properties").EnumerateObject())
        {
            var value = Resolve(root, property.Value);
            var type = value.GetProperty("type").GetString();
            if (type == "object")
            {
                foreach (var (path, leaf) in Leaves(root, value))
                {
                    yield return ([property.Name, .. path], leaf);
                }
            }
            else if (type == "array" && Resolve(root, value.GetProperty("items")) is var items && items.GetProperty("type").GetString() == "object")
            {
                foreach (var (path, leaf) in Leaves(root, items))
                {
                    yield return ([property.Name, "[]", .. path], leaf);
                }
            }
            else
            {
                yield return ([property.Name], type == "array" ? new JsonArray(Example(Resolve(root, value.GetProperty("items")))) : Example(value));
            }
        }
    }

    private static JsonElement Resolve(JsonElement root, JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? root.GetProperty("$defs").GetProperty(reference.GetString()!.Split('/')[^1]) : schema;

    private static JsonNode Example(JsonElement schema) => schema.GetProperty("type").GetString() switch
    {
        "integer" => JsonValue.Create(3),
        "boolean" => JsonValue.Create(false),
        _ when schema.TryGetProperty("enum", out _) => JsonValue.Create("teams"),
        _ when schema.TryGetProperty("format", out _) => JsonValue.Create("2026-01-31"),
        _ when schema.TryGetProperty("pattern", out var pattern) => JsonValue.Create(pattern.GetString() switch
        {
            { } text when text.Contains("s)?$", StringComparison.Ordinal) => "77h",
            { } text when text.Contains("env|file", StringComparison.Ordinal) => "env:OTHER",
            { } text when text.Contains("tcp", StringComparison.Ordinal) => "tcp://other:2",
            _ => "x@example.org",
        }),
        _ => JsonValue.Create("text"),
    };
}
