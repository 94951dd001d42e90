using System.Runtime.InteropServices;

namespace LettaDr.Systems;

/// <summary>
/// A named pipe in the exchange folder, by which bytes of this process reach a program in a throw-away container. Docker's own stream
/// carries a fifth as much, and its engine needs a processor for it.
/// </summary>
internal sealed partial class ContainerPipe : IDisposable
{
    private const string Name = "pipe";
    private const uint OwnerMode = 0x180;
    private const int BufferSize = 1 << 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly string _path;

    private ContainerPipe(string path) => _path = path;

    /// <summary>Makes it; there is one at a time.</summary>
    public static ContainerPipe Create(RecoveryExchange exchange)
    {
        var path = exchange.PathOf(Name);
        if (Make(path, OwnerMode) != 0)
        {
            throw new IOException($"The pipe {path} cannot be made.", Marshal.GetLastPInvokeError());
        }

        RecoveryExchange.LetRead(path);
        return new ContainerPipe(path);
    }

    /// <summary>Where the container sees it.</summary>
    public string Mount => $"{RecoveryExchange.Mount}/{Name}";

    /// <summary>Gives a program all of a stream.</summary>
    /// <param name="content">What it is to read.</param>
    /// <param name="reading">The program, which opens the pipe and reads it to its end; started already.</param>
    public async Task FeedAsync(Stream content, Task reading)
    {
        var feeding = Task.Factory.StartNew(
            () => Feed(content, reading), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAny(reading, feeding).ConfigureAwait(false);
        while (!feeding.IsCompleted)
        {
            // The program has ended, perhaps without opening the pipe: whoever waits for a reader, or will yet, sees one come, and go.
            using (new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0))
            {
            }

            await Task.WhenAny(feeding, Task.Delay(Pause)).ConfigureAwait(false);
        }

        bool taken;
        try
        {
            taken = await feeding.ConfigureAwait(false);
        }
        catch
        {
            // Whatever the program says of what it then lacked follows from this.
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await reading.ConfigureAwait(false);
        if (!taken)
        {
            throw new InvalidOperationException("A program ended well without reading what it was given.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => File.Delete(_path);

    /// <summary>Writes all of it; false when nobody reads any more, or nobody wants it: a program that was ended may leave others that read.</summary>
    private bool Feed(Stream content, Task reading)
    {
        BatchScheduling.EnterOwnThread();
        using var pipe = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        var buffer = new byte[BufferSize];
        int length;
        while ((length = content.Read(buffer)) > 0)
        {
            if (reading.IsCompleted)
            {
                return false;
            }

            try
            {
                pipe.Write(buffer, 0, length);
            }
            catch (IOException)
            {
                return false;
            }
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Make(string path, uint mode);
}
