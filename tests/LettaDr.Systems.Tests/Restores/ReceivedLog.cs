namespace LettaDr.Systems.Tests;

/// <summary>An archive of a server's log that PostgreSQL's own pg_receivewal writes, in the repository's layout.</summary>
internal sealed class ReceivedLog(RecoverableServer server) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _receiving = Task.CompletedTask;
    private string _name = "hand";

    /// <summary>The archive's folder on this machine.</summary>
    public string Folder { get; private set; } = string.Empty;

    /// <summary>Begins to receive; the server's current timeline is received to its end.</summary>
    public async Task ReceiveAsync(uint timeline = 1)
    {
        _name = $"hand{timeline}";
        var identifier = await server.ValueAsync("SELECT system_identifier::text FROM pg_control_system()");
        Folder = Path.Combine(server.Repository.Path, "letta", "wal", identifier);
        var folder = $"{RecoverableServer.SharedMount}/letta/wal/{identifier}/receiving/{timeline:X8}";
        await server.ShellAsync($"mkdir -p {folder}; pg_receivewal -U letta --slot {_name} --create-slot --if-not-exists");
        _receiving = server.Docker.ExecAsync(
            server.Id, ["pg_receivewal", "-U", "letta", "--slot", _name, "--synchronous", "-D", folder], null, null, null, null, _stopping.Token);
        await Eventually.TrueAsync(async () => await server.ValueAsync($"SELECT active FROM pg_replication_slots WHERE slot_name = '{_name}'") == "True");
    }

    /// <summary>Waits until everything up to now has been received.</summary>
    public async Task ReceivedAsync()
    {
        var lsn = await server.ValueAsync("SELECT pg_current_wal_flush_lsn()::text");
        await Eventually.TrueAsync(async () => await server.ValueAsync($"SELECT coalesce(bool_or(flush_lsn >= '{lsn}'), false) FROM pg_stat_replication") == "True");
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }
}
