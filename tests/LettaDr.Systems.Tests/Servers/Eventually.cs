namespace LettaDr.Systems.Tests;

/// <summary>Waits for what comes about by itself; fails after three minutes without it: the machine may have much else to do.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    /// <summary>Waits until nothing is told any more; fails with what still is.</summary>
    public static async Task EmptyAsync(Func<Task<string>> remaining)
    {
        string text;
        for (var started = DateTime.UtcNow; (text = await remaining()).Length > 0; await Task.Delay(50))
        {
            Assert.True(DateTime.UtcNow - started < Limit, "Still there after three minutes:\n" + text);
        }
    }

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        for (var started = DateTime.UtcNow; !await condition(); await Task.Delay(50))
        {
            Assert.True(DateTime.UtcNow - started < Limit, "It did not come about within three minutes.");
        }
    }
}
