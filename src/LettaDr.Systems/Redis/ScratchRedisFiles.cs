namespace LettaDr.Systems;

/// <summary>Redis's files on their way to where a throw-away Redis loads them (<see cref="RedisLoad"/>).</summary>
internal sealed class ScratchRedisFiles(ScratchContainer container, CancellationToken cancellationToken) : IAsyncDisposable
{
    private static readonly int Separator = RedisLoad.Directory.LastIndexOf('/');
    private ContainerUpload? _upload;

    /// <summary>Makes the target of a file, one after the other.</summary>
    /// <param name="name">Its path below Redis's data directory.</param>
    /// <param name="size">Its bytes, where they are known beforehand; null for a file that comes alone.</param>
    public Stream Create(string name, long? size)
    {
        if (size is not { } known)
        {
            return new ContainerInput(
                content => container.WriteAsync($"{RedisLoad.Directory}/{name}", content, RedisLoad.User, cancellationToken));
        }

        var folder = $"{RedisLoad.Directory[(Separator + 1)..]}/{RedisLoad.AppendOnlyFolder}";
        _upload ??= Begin(folder);
        return _upload.AddFile($"{folder}/{name.Split('/')[^1]}", known);
    }

    /// <summary>Waits until all of them are there.</summary>
    /// <exception cref="LettaDrException">The container did not take them.</exception>
    public Task CompleteAsync() => _upload?.CompleteAsync() ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _upload?.DisposeAsync() ?? ValueTask.CompletedTask;

    private ContainerUpload Begin(string folder)
    {
        var upload = new ContainerUpload(container, RedisLoad.Directory[..Separator], RedisLoad.UserNumber, cancellationToken);
        upload.AddFolder(folder[..folder.LastIndexOf('/')]);
        upload.AddFolder(folder);
        return upload;
    }
}
