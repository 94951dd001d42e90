namespace LettaDr.Systems.Tests;

public sealed class RedisFileNamesTests
{
    [Fact]
    public void What_a_command_says_counts_and_the_defaults_where_it_says_nothing()
    {
        var said = RedisFileNames.FromCommand(
            ["docker-entrypoint.sh", "redis-server", "--appendonly", "yes", "--dir", "/var/lib/redis", "--dbfilename", "\"letta.rdb\"", "--appendfilename", "letta.aof"]);

        Assert.Equal(new RedisFileNames("/var/lib/redis", "letta.rdb", "appendonlydir", "letta.aof"), said);
        Assert.Equal(new RedisFileNames("/data", "dump.rdb", "appendonlydir", "appendonly.aof"), RedisFileNames.FromCommand(["redis-server"]));
        Assert.Equal("/data", RedisFileNames.FromCommand(["redis-server", "--dir"]).Directory);
    }
}
