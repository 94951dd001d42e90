using StackExchange.Redis;

namespace LettaDr.Systems;

/// <summary>Turns what the driver throws into one sentence and its remedy.</summary>
internal static class RedisFaults
{
    /// <summary>Runs work on a server and tells what fails in one sentence.</summary>
    public static async Task<T> GuardAsync<T>(CacheEndpoint cache, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is RedisException or RedisTimeoutException)
        {
            throw Translate(failure, cache);
        }
    }

    public static LettaDrException Translate(Exception failure, CacheEndpoint cache)
    {
        var text = failure.ToString();
        if (failure is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure }
            || text.Contains("NOAUTH", StringComparison.Ordinal) || text.Contains("WRONGPASS", StringComparison.Ordinal))
        {
            return new(
                "CacheLoginRefused", FaultKind.AuthenticationFailed, $"Redis at {cache} refused the password, or asks for one.",
                "Check the password; 'requirepass' in Redis's configuration sets it.", cache, failure);
        }

        if (text.Contains("LOADING ", StringComparison.Ordinal))
        {
            return Loading(cache, failure);
        }

        if (text.Contains("NOPERM", StringComparison.Ordinal) || text.Contains("ERR unknown command", StringComparison.OrdinalIgnoreCase))
        {
            return new(
                "CacheCommandRefused", FaultKind.PermissionDenied, $"Redis at {cache} refuses a command to this client, as CONFIG, INFO or BGSAVE.",
                "Let the client use it (ACL SETUSER, rename-command); a managed Redis that cannot has backups of its own.", cache, failure);
        }

        // The driver's own message may hold the name of a key, and a key may hold a user's text.
        return failure switch
        {
            RedisTimeoutException => new(
                "CacheTimeout", FaultKind.Unreachable, $"Redis at {cache} did not answer within {RedisConnector.Limit.TotalSeconds:0} s.",
                "See the log of Redis for the cause, then run the command again.", cache, failure),
            RedisConnectionException => new(
                "CacheUnreachable", FaultKind.Unreachable, $"Redis at {cache} does not answer.",
                "Check host, port and firewall, and that Redis runs; its log tells more.", cache, failure),
            _ => new(
                "CacheError", FaultKind.OperationFailed, $"Redis at {cache} reported {FirstWord(failure.Message)}.",
                "See the log of Redis for the cause.", cache, failure),
        };
    }

    /// <summary>Redis has started, but not yet read its files.</summary>
    public static LettaDrException Loading(CacheEndpoint cache, Exception? failure) => new(
        "CacheLoading", FaultKind.Busy, $"Redis at {cache} is still loading its data.", "Wait until it has loaded.", cache, failure);

    /// <summary>The code that Redis's errors begin with, e.g. <c>MISCONF</c>.</summary>
    private static string FirstWord(string message) =>
        message.Split(' ', 2)[0] is { Length: > 0 } word && word.All(char.IsAsciiLetterUpper) ? word : "an error";
}
