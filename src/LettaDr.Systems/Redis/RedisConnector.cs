using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>Opens connections to a deployment's Redis.</summary>
internal static class RedisConnector
{
    /// <summary>How long Redis may take to answer.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Connects and logs in.</summary>
    /// <exception cref="LettaDrException">Redis does not answer, refuses the password, or is still loading its data.</exception>
    public static async Task<ConnectionMultiplexer> OpenAsync(CacheEndpoint cache, CancellationToken cancellationToken)
    {
        var options = new ConfigurationOptions
        {
            EndPoints = { { cache.Host, cache.Port } },
            Password = cache.Password?.Reveal(),
            ClientName = "LettaDr",
            ConnectTimeout = (int)Limit.TotalMilliseconds,
            AsyncTimeout = (int)Limit.TotalMilliseconds,
            SyncTimeout = (int)Limit.TotalMilliseconds,
            AbortOnConnectFail = true,

            // StackExchange.Redis counts INFO and CONFIG among the commands for administrators.
            AllowAdmin = true,
            ConnectRetry = 1,

            // The details are names of keys, and those may hold a user's text.
            IncludeDetailInExceptions = false,
        };
        return await RedisFaults.GuardAsync(cache, async () =>
        {
            var connecting = ConnectionMultiplexer.ConnectAsync(options);
            try
            {
                return await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                _ = connecting.ContinueWith(late => late.Result.Dispose(), CancellationToken.None,
                    TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
                throw;
            }
        }).ConfigureAwait(false);
    }

    /// <summary>A section of INFO.</summary>
    public static Task<IReadOnlyDictionary<string, string>> InfoAsync(
        IConnectionMultiplexer connection, CacheEndpoint cache, string section, CancellationToken cancellationToken) =>
        RedisFaults.GuardAsync<IReadOnlyDictionary<string, string>>(cache, async () =>
        {
            var groups = await Server(connection).InfoAsync(section).WaitAsync(cancellationToken).ConfigureAwait(false);
            return groups.SelectMany(group => group).DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value);
        });

    /// <summary>The one server of a connection.</summary>
    public static IServer Server(IConnectionMultiplexer connection) => connection.GetServer(connection.GetEndPoints()[0]);
}
