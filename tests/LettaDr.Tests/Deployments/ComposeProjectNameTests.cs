namespace LettaDr.Tests;

public sealed class ComposeProjectNameTests
{
    [Theory]
    [InlineData("/srv/letta", "letta")]
    [InlineData("/srv/Letta Server.2/", "lettaserver2")]
    [InlineData("/srv/_letta_dev", "letta_dev")]
    [InlineData("/srv/ß", "default")]
    public void Comes_from_the_folder_in_the_letters_that_compose_allows(string folder, string expected) =>
        Assert.Equal(expected, ComposeProjectName.Find(null, null, folder).Value);

    [Fact]
    public void The_variable_goes_before_the_name_and_the_name_before_the_folder()
    {
        var variable = new SourcedText("one", ".env line 1");
        var name = new SourcedText("two", "compose.yaml name");
        Assert.Equal("one", ComposeProjectName.Find(variable, name, "/srv/three").Value);
        Assert.Equal("COMPOSE_PROJECT_NAME from .env line 1", ComposeProjectName.Find(variable, name, "/srv/three").Source);
        Assert.Equal("two", ComposeProjectName.Find(null, name, "/srv/three").Value);
        Assert.Equal("folder name three", ComposeProjectName.Find(null, null, "/srv/three").Source);
    }
}
