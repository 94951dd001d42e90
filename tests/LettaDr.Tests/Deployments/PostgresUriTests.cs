namespace LettaDr.Tests;

public sealed class PostgresUriTests
{
    [Theory]
    [InlineData("postgresql://letta:pw@db:6543/letta")]
    [InlineData("postgres://letta:pw@db:6543/letta")]
    [InlineData("postgresql+asyncpg://letta:pw@db:6543/letta")]
    [InlineData("postgresql+pg8000://letta:pw@db:6543/letta")]
    [InlineData("postgresql+psycopg2://letta:pw@db:6543/letta")]
    [InlineData("  POSTGRESQL://letta:pw@db:6543/letta\n")]
    [InlineData("postgresql:///letta?host=db&port=6543&user=letta&password=pw")]
    public void Every_form_names_the_same_endpoint(string uri)
    {
        var endpoint = PostgresUri.Parse(uri);
        Assert.Equal("letta@db:6543/letta", endpoint.ToString());
        Assert.Equal("pw", endpoint.Password?.Reveal());
    }

    [Fact]
    public void User_password_and_database_are_percent_decoded()
    {
        var endpoint = PostgresUri.Parse("postgresql://l%C3%A9tta%40home:p%40ss%2F%3A%23%25+w@db/my%20data");
        Assert.Equal("létta@home", endpoint.UserName);
        Assert.Equal("p@ss/:#%+w", endpoint.Password?.Reveal());
        Assert.Equal("my data", endpoint.Database);
    }

    [Fact]
    public void An_unencoded_at_sign_belongs_to_the_password() =>
        Assert.Equal("p@ss", PostgresUri.Parse("postgresql://letta:p@ss@db/letta").Password?.Reveal());

    [Theory]
    [InlineData("postgresql://u@[2001:db8::1]:6000/d", "2001:db8::1", 6000)]
    [InlineData("postgresql://u@[::1]/d", "::1", 5432)]
    [InlineData("postgresql://u@db/d", "db", 5432)]
    [InlineData("postgresql://u@db:/d", "db", 5432)]
    [InlineData("postgresql://u@%2Fvar%2Frun%2Fpostgresql/d", "/var/run/postgresql", 5432)]
    [InlineData("postgresql:///d?host=/var/run/postgresql&user=u", "/var/run/postgresql", 5432)]
    [InlineData("postgresql:///d?user=u", "localhost", 5432)]
    public void Host_and_port(string uri, string host, int port)
    {
        var endpoint = PostgresUri.Parse(uri);
        Assert.Equal((host, port), (endpoint.Host, endpoint.Port));
    }

    [Fact]
    public void What_is_left_out_is_as_in_libpq()
    {
        var endpoint = PostgresUri.Parse("postgresql://anna@db");
        Assert.Equal("anna", endpoint.Database);
        Assert.Null(endpoint.Password);
        Assert.Null(endpoint.SslMode);
        Assert.Equal(Environment.UserName, PostgresUri.Parse("postgresql://db/x").UserName);
    }

    [Theory]
    [InlineData("ssl=true", "require")]
    [InlineData("ssl=require", "require")]
    [InlineData("ssl=False", "disable")]
    [InlineData("ssl=verify-full", "verify-full")]
    [InlineData("ssl=verify_ca", "verify-ca")]
    [InlineData("sslmode=prefer", "prefer")]
    [InlineData("sslmode=disable&ssl=require", "disable")]
    public void Sslmode_in_the_spellings_of_drivers(string query, string mode) =>
        Assert.Equal(mode, PostgresUri.Parse("postgresql+asyncpg://u@h/d?" + query).SslMode);

    [Theory]
    [InlineData("postgresql://letta:s3cret/word@db/letta")]
    [InlineData("postgresql://letta:s3cret#word@db/letta")]
    [InlineData("postgresql://letta:s3cret%word@db/letta")]
    [InlineData("postgresql://letta:s3cret@db:port/letta")]
    [InlineData("postgresql://letta:s3cret@db:99999/letta")]
    [InlineData("postgresql://letta:s3cret@[::1/letta")]
    [InlineData("postgresql://letta:s3cret@[::1]x/letta")]
    [InlineData("postgresql://letta:s3cret@a,b/letta")]
    [InlineData("postgresql://letta:s3cret@db/letta?ssl=maybe")]
    [InlineData("mysql://letta:s3cret@db/letta")]
    [InlineData("letta:s3cret")]
    public void Malformed_is_one_sentence_with_a_remedy_and_no_secret(string uri)
    {
        var fault = Assert.Throws<LettaDrException>(() => PostgresUri.Parse(uri));
        Assert.Equal(FaultKind.InvalidArgument, fault.Kind);
        Assert.NotEmpty(fault.Remedy);
        Assert.DoesNotContain("s3cret", fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("word", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://letta:s3cret@db:5432/letta", "postgresql://letta:********@db:5432/letta")]
    [InlineData("see postgresql+asyncpg://letta:s3c@ret/x@db/letta and more", "see postgresql+asyncpg://letta:********@db/letta and more")]
    [InlineData("postgresql://letta:s3cret", "postgresql://letta:********")]
    [InlineData("postgresql://db:5432/letta", "postgresql://db:5432/letta")]
    [InlineData("postgresql://letta@db:5432/letta", "postgresql://letta@db:5432/letta")]
    [InlineData("postgresql://u@[::1]:5432/d", "postgresql://u@[::1]:5432/d")]
    [InlineData("postgresql:///d?host=db&password=s3cret&user=u", "postgresql:///d?host=db&password=********&user=u")]
    [InlineData("host=db password=s3cret user=u", "host=db password=******** user=u")]
    [InlineData("host=db password='s3 cr\\'et' user=u", "host=db password=******** user=u")]
    [InlineData("Host=db;Password=s3 cret;Username=u", "Host=db;Password=********;Username=u")]
    [InlineData("LETTA_PG_PASSWORD=s3cret", "LETTA_PG_PASSWORD=********")]
    [InlineData("OPENAI_API_KEY=sk-s3cret", "OPENAI_API_KEY=********")]
    [InlineData("redis://:s3cret@cache:6379/0", "redis://:********@cache:6379/0")]
    [InlineData("/srv/letta/compose.yaml", "/srv/letta/compose.yaml")]
    public void Redact_blanks_the_password_and_nothing_else(string text, string expected) =>
        Assert.Equal(expected, PostgresUri.Redact(text));

    [Fact]
    public void A_reference_by_uri_never_shows_its_password() =>
        Assert.DoesNotContain("s3cret", new DeploymentReference("postgresql://letta:s3cret@db/letta").ToString(), StringComparison.Ordinal);
}
