using System.Runtime.CompilerServices;

namespace LettaDr.Tests;

public sealed class ConsistencyTestTests
{
    [Fact]
    public async Task Every_check_has_its_result_in_its_place_and_what_is_skipped_says_so()
    {
        var test = new ConsistencyTest("letta", [new Probe("A", "B"), new Probe("C")]);

        var results = await test.RunAsync(["b"], new NoObserver(), CancellationToken.None).ToListAsync();

        Assert.Equal([("A", Outcome.Passed), ("B", Outcome.NotRun), ("C", Outcome.Passed)], results.Select(result => (result.Name, result.Outcome)));
    }

    [Fact]
    public async Task A_check_without_a_result_is_not_passed_over()
    {
        var test = new ConsistencyTest("letta", [new Probe("A", "B") { Lost = "B" }]);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await test.RunAsync([], new NoObserver(), CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task A_check_that_there_is_not_cannot_be_skipped()
    {
        var test = new ConsistencyTest("letta", [new Probe("A")]);

        var refusal = await Assert.ThrowsAsync<LettaDrException>(
            async () => await test.RunAsync(["Z"], new NoObserver(), CancellationToken.None).ToListAsync());
        Assert.Equal("CheckUnknown", refusal.Id);
    }

    private sealed class Probe(params string[] names) : IConsistencyProbe
    {
        public string? Lost { get; init; }

        public IReadOnlyList<string> Names => names;

        public async IAsyncEnumerable<CheckResult> RunAsync(
            IReadOnlySet<string> wanted, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            foreach (var name in names.Where(name => wanted.Contains(name) && name != Lost))
            {
                yield return new CheckResult { Name = name, Target = "letta", Outcome = Outcome.Passed, Evidence = "seen" };
            }
        }
    }

    private sealed class NoObserver : IOperationObserver
    {
        public void Progress(OperationProgress progress)
        {
        }

        public void Verbose(string message)
        {
        }

        public void Warning(string message)
        {
        }
    }
}
