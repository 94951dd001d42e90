using System.Globalization;

namespace LettaDr.Systems;

/// <summary>
/// A folder of this machine by which a throw-away PostgreSQL without a network and this process reach each other: its socket, its
/// configuration, and the log that it asks for. Other users of this machine cannot pass through it, so that the server may trust
/// whoever comes by the socket.
/// </summary>
internal sealed class RecoveryExchange : IDisposable
{
    /// <summary>Where the container sees it.</summary>
    public const string Mount = "/lettadr";

    /// <summary>Where the container sees the socket's folder.</summary>
    public const string SocketMount = Mount + "/socket";

    private const string Prefix = "lettadr-recovery-";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Everybody = Private | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly string _outer;

    private RecoveryExchange(string outer) => _outer = outer;

    /// <summary>What the container mounts.</summary>
    public ContainerVolume Volume => new("bind", Shared, Mount, false);

    /// <summary>The socket's folder as this process sees it.</summary>
    public string SocketFolder => Path.Combine(Shared, "socket");

    /// <summary>Where segments are laid for the server to take.</summary>
    public string WalFolder => Path.Combine(Shared, "wal");

    /// <summary>Where the server says which segment it waits for.</summary>
    public string WantedFolder => Path.Combine(Shared, "wanted");

    /// <summary>Where this process sees what lies in the folder under a name.</summary>
    public string PathOf(string name) => Path.Combine(Shared, name);

    private string Shared => Path.Combine(_outer, "shared");

    /// <summary>Makes one, and removes those of dead processes.</summary>
    /// <exception cref="LettaDrException">The engine is not on this machine.</exception>
    public static RecoveryExchange Create(DockerEngine engine)
    {
        if (!engine.IsLocal || OperatingSystem.IsWindows())
        {
            throw new LettaDrException(
                "EngineNotLocal", FaultKind.Incompatible, "A physical copy is recovered through a folder that this process shares with a container, and the Docker engine is on another machine.",
                "Run the command on the Docker host itself.");
        }

        Sweep();
        var owner = Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + ProcessScope.Suffix;
        var outer = Path.Combine(Path.GetTempPath(), $"{Prefix}{owner}-{Guid.NewGuid().ToString("N")[..8]}");
        var exchange = new RecoveryExchange(outer);
        Directory.CreateDirectory(outer, Private);
        // The server's user in the container is another one, whose number nobody knows here.
        foreach (var folder in new[] { exchange.Shared, exchange.SocketFolder, exchange.WalFolder, exchange.WantedFolder })
        {
            Directory.CreateDirectory(folder);
            File.SetUnixFileMode(folder, Everybody);
        }

        return exchange;
    }

    /// <summary>Writes a small file that the server reads.</summary>
    public void Write(string name, string content)
    {
        var path = PathOf(name);
        File.WriteAllText(path, content);
        LetRead(path);
    }

    /// <summary>Lets the server's user read a file, whatever this process's own mask is.</summary>
    public static void LetRead(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Remove(_outer);

    private static void Sweep()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            var owner = Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (owner.EndsWith(ProcessScope.Suffix, StringComparison.Ordinal)
                && int.TryParse(owner.AsSpan(0, owner.Length - ProcessScope.Suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && !ProcessOwner.IsAlive(id))
            {
                Remove(folder);
            }
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            // A file of the server's own user, where this one is not root; the folder of temporary files is emptied in the end.
        }
    }
}
