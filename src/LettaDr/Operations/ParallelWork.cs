namespace LettaDr;

/// <summary>Runs pieces of work in their order, a few at a time; the first failure ends the rest, and all have ended on return.</summary>
internal static class ParallelWork
{
    public static Task RunAsync(
        IEnumerable<Func<CancellationToken, Task>> work, int jobs, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            work,
            new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken },
            async (piece, token) =>
            {
                // Off the enumerator's thread at once: much of the work is synchronous compression.
                await Task.Yield();
                await piece(token).ConfigureAwait(false);
            });
}
