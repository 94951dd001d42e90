namespace LettaDr.Systems;

/// <summary>Where PostgreSQL's programs run: in the database's container, or on this machine.</summary>
internal interface IProgramHost
{
    /// <summary>The place, for people: <c>container letta-db-1</c>, <c>this machine</c>.</summary>
    string Name { get; }

    /// <summary>Address at which a program there reaches the server.</summary>
    string ServerHost { get; }

    /// <summary>Port at which a program there reaches the server.</summary>
    int ServerPort { get; }

    /// <summary>Runs a program until it ends; returns its exit code and the end of what it wrote to standard error.</summary>
    /// <exception cref="LettaDrException">It is not installed there.</exception>
    Task<(long ExitCode, string StandardError)> RunAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, Stream? input, Stream? output,
        CancellationToken cancellationToken);

    /// <summary>Puts a file of an operation where programs there can open it; returns its path there.</summary>
    Task<string> StageAsync(Stream content, string operationId, CancellationToken cancellationToken);

    /// <summary>Removes staged files of all operations but the living ones of this server, where only this server's are staged.</summary>
    Task UnstageOrphansAsync(IReadOnlyCollection<string> livingOperations, CancellationToken cancellationToken);

    /// <summary>Removes a staged file.</summary>
    Task UnstageAsync(string path);

    /// <summary>Bytes free on the file system of a path there; null when nobody can say.</summary>
    Task<long?> FreeBytesAsync(string path, CancellationToken cancellationToken);
}
