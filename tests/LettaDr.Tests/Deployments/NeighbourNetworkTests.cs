namespace LettaDr.Tests;

/// <summary>Two deployments that give their databases the same name of Docker's must never be taken for each other.</summary>
public sealed class NeighbourNetworkTests
{
    [Fact]
    public void A_database_of_another_network_is_not_the_one_that_is_named()
    {
        var members = MemberRecognition.Recognise([Server("first")], [Database("second")]);
        Assert.Null(members.Database);
        Assert.DoesNotContain(members.All, member => member.Name == "letta_db");
        Assert.Equal(members.Server, DatabaseDraft.From(members, "first").NamedBy);
    }

    [Fact]
    public void A_database_of_a_network_that_the_server_shares_is() =>
        Assert.Equal("letta_db", MemberRecognition.Recognise([Server("first", "shared")], [Database("shared", "third")]).Database?.Name);

    private static DeploymentMember Server(params string[] networks) => Member("letta_server", "letta/letta", networks) with
    {
        Environment = new Dictionary<string, SourcedText>
        {
            ["LETTA_PG_URI"] = new("postgresql://letta:letta@letta_db:5432/letta", "the test"),
        },
    };

    private static DeploymentMember Database(params string[] networks) => Member("letta_db", "pgvector/pgvector:pg17", networks);

    private static DeploymentMember Member(string name, string image, string[] networks) => new()
    {
        Name = name,
        Origin = $"container {name}",
        Container = new DeploymentContainer { Name = name, Image = image },
        Networks = networks,
    };
}
