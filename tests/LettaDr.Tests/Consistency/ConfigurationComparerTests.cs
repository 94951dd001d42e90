using System.Text;

namespace LettaDr.Tests;

public sealed class ConfigurationComparerTests
{
    private const string Password = "correct-horse-battery";

    [Fact]
    public void Equal_secrets_have_equal_hashes_within_one_comparison_and_none_can_be_looked_up()
    {
        var (left, right) = (Side(), Side());
        Add(left, "db", "POSTGRES_PASSWORD", "letta");
        Add(right, "db", "POSTGRES_PASSWORD", "letta");
        var first = Assert.Single(Compare(left, right, includeEqual: true));
        var second = Assert.Single(Compare(left, right, includeEqual: true));

        Assert.Equal(ConfigurationState.Equal, first.State);
        Assert.Equal(first.Left, first.Right);
        Assert.StartsWith("hmac:", first.Left, StringComparison.Ordinal);
        Assert.NotEqual(first.Left, second.Left);
    }

    [Theory]
    [InlineData("PLAIN", Password)]
    [InlineData("DATABASE", "postgresql://letta:" + Password + "@db/letta")]
    [InlineData("DATABASE", "postgresql://letta:x@db/letta")]
    public void A_secret_is_one_whatever_it_is_called_where_it_stands(string name, string value)
    {
        var (left, right) = (Side(), Side());
        Add(left, "db", "POSTGRES_PASSWORD", Password);
        Add(right, "db", "POSTGRES_PASSWORD", Password);
        Add(right, "db", name, value);

        var found = Assert.Single(Compare(left, right));
        Assert.Equal(($"db: {name}", ConfigurationState.OnlyRight), (found.Item, found.State));
        Assert.StartsWith("hmac:", found.Right, StringComparison.Ordinal);
        Assert.DoesNotContain(value, found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_told_by_the_line_from_which_it_differs_and_never_by_its_content()
    {
        var (left, right) = (Side(), Side());
        AddFile(left, "nginx.conf", "one\ntwo\nthree");
        AddFile(right, "nginx.conf", "one\ntwo\nother");

        var found = Assert.Single(Compare(left, right));
        Assert.Equal("They differ from line 3 on.", found.Note);
        Assert.All([found.Left!, found.Right!], shown => Assert.Matches("^hmac:[0-9a-f]{12}$", shown));
    }

    [Fact]
    public void What_a_side_cannot_know_of_is_not_compared_and_what_it_cannot_read_is_told_once()
    {
        var (left, right) = (Side(), Side());
        right.Add(ConfigurationItemKind.Mount, "db", "/data", "volume data");
        left.Items[new ConfigurationItem(ConfigurationItemKind.Variable, "db")] = new ConfigurationValue { Unknown = "it is encrypted." };
        Add(right, "db", "ONE", "1");
        Add(right, "db", "TWO", "2");
        AddFile(right, ".env", "A=1");
        right.Add(ConfigurationItemKind.FileVariable, ".env", "A", "1");
        left.Items[new ConfigurationItem(ConfigurationItemKind.File, ".env")] = new ConfigurationValue { Size = 3, Unknown = "it is encrypted." };

        var found = Compare(left, right);
        Assert.Equal([".env", "db"], found.Select(one => one.Item));
        Assert.All(found, one => Assert.Equal((ConfigurationState.NotCompared, "it is encrypted."), (one.State, one.Note)));
    }

    [Fact]
    public void A_service_that_only_one_side_has_is_told_once()
    {
        var (left, right) = (Side(), Side());
        right.Services.Add("nginx");
        right.Add(ConfigurationItemKind.Image, "nginx", string.Empty, "nginx:1");
        Add(right, "nginx", "ONE", "1");

        Assert.Equal(("nginx", ConfigurationItemKind.Image, ConfigurationState.OnlyRight), Compare(left, right).Select(one => (one.Item, one.Kind, one.State)).Single());
    }

    private static ConfigurationSide Side()
    {
        var side = new ConfigurationSide("side");
        side.Services.Add("db");
        side.Kinds.UnionWith([ConfigurationItemKind.Variable, ConfigurationItemKind.Image, ConfigurationItemKind.File, ConfigurationItemKind.FileVariable]);
        return side;
    }

    private static void Add(ConfigurationSide side, string service, string name, string value) => side.Add(ConfigurationItemKind.Variable, service, name, value);

    private static void AddFile(ConfigurationSide side, string path, string text) => side.Items[new ConfigurationItem(ConfigurationItemKind.File, path)] =
        new ConfigurationValue { Text = text, Content = Encoding.UTF8.GetBytes(text), Size = text.Length };

    private static List<ConfigurationDifference> Compare(ConfigurationSide left, ConfigurationSide right, bool includeEqual = false)
    {
        var comparer = new ConfigurationComparer();
        comparer.Learn(left);
        comparer.Learn(right);
        return [.. comparer.Compare(left, right, includeEqual)];
    }
}
