namespace LettaDr.Systems.Tests;

/// <summary>Every file that a Compose project is made of or refers to, whatever the way.</summary>
public sealed class ComposeReferencesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _problems = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Overrides_extends_include_env_files_mounts_configs_and_secrets_are_found()
    {
        _folder.Write(".env", "TAG=17\nEXTRA=settings\n");
        _folder.Write("compose.yaml", """
            include:
              - monitoring/compose.yaml
              - path: [cache/base.yaml, cache/more.yaml]
                env_file: cache/cache.env
            services:
              letta_server:
                extends: {file: common/server.yaml, service: base}
                env_file: [{path: "${EXTRA}/one.env", required: false}, "${EXTRA}/two.env"]
                volumes:
                  - ./nginx.conf:/etc/nginx/nginx.conf:ro
                  - {type: bind, source: /opt/letta/conf.yaml, target: /etc/letta/conf.yaml}
                  - data:/data
                  - ./data/redis:/var/lib/redis
            configs: {web: {file: ./web.cfg}}
            secrets: {token: {file: ./token.txt}, other: {environment: TOKEN}}
            """);
        _folder.Write("override.yaml", "services: {letta_server: {env_file: late.env}}");
        _folder.Write("common/server.yaml", "services: {base: {env_file: base.env, volumes: ['./base.conf:/base.conf']}, unrelated: {env_file: not-ours.env}}");
        _folder.Write("monitoring/compose.yaml", "services: {prometheus: {volumes: ['./prometheus.yml:/etc/prometheus.yml']}}");
        _folder.Write("monitoring/.env", "X=1");
        _folder.Write("cache/base.yaml", "services: {cache: {env_file: redis.env}}");
        _folder.Write("cache/more.yaml", "services: {}");

        var found = Find("compose.yaml", "override.yaml");

        Assert.Equal(
            [
                ".env", "/opt/letta/conf.yaml", "cache/base.yaml", "cache/cache.env", "cache/more.yaml", "cache/redis.env", "common/base.conf", "common/base.env",
                "common/server.yaml", "compose.yaml", "data/redis", "late.env", "monitoring/.env", "monitoring/compose.yaml", "monitoring/prometheus.yml",
                "nginx.conf", "override.yaml", "settings/one.env", "settings/two.env", "token.txt", "web.cfg",
            ],
            found.Keys.Order(StringComparer.Ordinal));
        Assert.False(found["settings/one.env"].Required);
        Assert.True(found["settings/two.env"].Required);
        Assert.True(found["token.txt"].Secret);
        Assert.True(found["nginx.conf"].ReadOnly);
        Assert.False(found["data/redis"].ReadOnly);
        Assert.Equal("env_file of letta_server", found["late.env"].Purpose);
        Assert.Empty(_problems);
    }

    [Fact]
    public void A_file_that_cannot_be_understood_is_told_and_still_belongs_to_the_project()
    {
        _folder.Write("compose.yaml", "services: [");
        Assert.Equal(["compose.yaml"], Find("compose.yaml").Keys);
        Assert.Single(_problems);
    }

    [Fact]
    public void Files_that_include_one_another_come_to_an_end()
    {
        _folder.Write("compose.yaml", "include: [other/compose.yaml]\nservices: {}");
        _folder.Write("other/compose.yaml", "include: [../compose.yaml]\nservices: {}");
        Assert.Equal(["compose.yaml", "other/compose.yaml"], Find("compose.yaml").Keys.Order(StringComparer.Ordinal));
    }

    private Dictionary<string, ReferencedFile> Find(params string[] files) =>
        new ComposeReferences(new Dictionary<string, string>(), path => File.Exists(path) ? File.ReadAllText(path) : null, ComposeYaml.Parse, _problems.Add)
            .Find(new ComposeLocation { Folder = _folder.Path, Files = [.. files.Select(file => Path.Combine(_folder.Path, file))] })
            .ToDictionary(file => file.Path.StartsWith(_folder.Path, StringComparison.Ordinal) ? Path.GetRelativePath(_folder.Path, file.Path) : file.Path);
}
