namespace LettaDr.Tests;

public sealed class ConfigurationPathsTests
{
    private static readonly DeploymentContainer Server = new()
    {
        Name = "letta-letta_server-1", Service = "letta_server",
        Volumes =
        [
            new ContainerVolume("bind", "/srv/letta/home", "/home/letta/.letta", false), new ContainerVolume("volume", "tools", "/home/letta/.letta/tool_execution_dir", false),
        ],
    };

    [Theory]
    [InlineData("/srv/letta/compose.yaml", "compose.yaml")]
    [InlineData("/srv/letta/settings/a.env", "settings/a.env")]
    [InlineData("/srv/letta-other/a.env", "_outside/srv/letta-other/a.env")]
    [InlineData("/etc/letta/conf.yaml", "_outside/etc/letta/conf.yaml")]
    public void A_file_of_the_machine_keeps_its_place_in_the_project(string path, string expected) =>
        Assert.Equal(expected, ConfigurationPaths.OfHost(path, "/srv/letta"));

    [Theory]
    [InlineData("/home/letta/.letta/config", "home/config")]
    [InlineData("/home/letta/.letta/tool_execution_dir/a.py", "_containers/letta_server/home/letta/.letta/tool_execution_dir/a.py")]
    [InlineData("/home/letta/.lettasomething", "_containers/letta_server/home/letta/.lettasomething")]
    public void A_file_of_a_container_goes_where_its_mount_puts_it(string path, string expected) =>
        Assert.Equal(expected, ConfigurationPaths.OfContainer(Server, path, "/srv/letta"));

    [Theory]
    [InlineData("../escape")]
    [InlineData("a/../../escape")]
    [InlineData("/etc/passwd")]
    public void A_set_cannot_write_outside_its_destination(string path) =>
        Assert.Equal("ConfigurationPathInvalid", Assert.Throws<LettaDrException>(() => ConfigurationPaths.Below("/srv/restored", path)).Id);
}
