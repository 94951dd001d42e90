namespace LettaDr.Systems.Tests;

public sealed class ScheduleProgramTests
{
    [Fact]
    public void What_is_set_is_handed_on_and_paths_mean_the_same_from_any_folder()
    {
        var set = new Dictionary<string, string?>
        {
            ["DOCKER_HOST"] = "unix:///run/user/1000/docker.sock", ["DOTNET_ROOT"] = "", ["LETTADR_MODULE"] = "modules/LettaDr",
            ["XDG_STATE_HOME"] = "/var/lib/state", ["PGPASSWORD"] = "secret",
        };

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["DOCKER_HOST"] = "unix:///run/user/1000/docker.sock",
                ["LETTADR_MODULE"] = Path.Combine(Environment.CurrentDirectory, "modules/LettaDr"), ["XDG_STATE_HOME"] = "/var/lib/state",
            },
            ScheduleProgram.Variables(set.GetValueOrDefault));
    }
}
