namespace LettaDr.Tests;

public sealed class ParallelWorkTests
{
    [Fact]
    public async Task Never_more_run_at_once_than_asked_for_and_all_have_run()
    {
        int running = 0, most = 0, done = 0;

        await ParallelWork.RunAsync(
            Enumerable.Range(0, 40).Select(_ => (Func<CancellationToken, Task>)(async token =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await Task.Delay(2, token);
                Interlocked.Decrement(ref running);
                Interlocked.Increment(ref done);
            })),
            3, CancellationToken.None);

        Assert.Equal(40, done);
        Assert.InRange(most, 2, 3);
    }

    [Fact]
    public async Task The_first_failure_ends_the_rest_and_is_the_one_that_is_told()
    {
        var ended = false;
        var started = 0;

        var failure = await Assert.ThrowsAsync<LettaDrException>(() => ParallelWork.RunAsync(
            [
                async token =>
                {
                    try
                    {
                        await Task.Delay(Timeout.Infinite, token);
                    }
                    finally
                    {
                        ended = true;
                    }
                },
                _ => throw new LettaDrException("First", FaultKind.OperationFailed, "It broke.", "Mend it."),
                _ => Task.FromResult(Interlocked.Increment(ref started)),
            ],
            2, CancellationToken.None));

        Assert.Equal("First", failure.Id);
        Assert.True(ended, "on return nothing runs any more");
        Assert.Equal(0, started);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
