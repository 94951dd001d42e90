using System.Diagnostics;

namespace LettaDr;

/// <summary>Writes a recovery test down while it runs: at its beginning and after each step, so that a crash leaves what there was.</summary>
internal sealed class DrTestRecorder
{
    private readonly IOperationObserver _observer;
    private readonly RecoveryTargets _targets;
    private readonly IReadOnlyList<IDrTestStore> _stores;

    public DrTestRecorder(DrTestResult begun, RecoveryTargets targets, IOperationObserver observer, IReadOnlyList<IDrTestStore> stores)
    {
        (Result, _targets, _observer, _stores) = (begun, targets, observer, stores);
        Save();
    }

    /// <summary>The test as far as it has come.</summary>
    public DrTestResult Result { get; private set; }

    /// <summary>Takes one step; what <paramref name="work"/> returns is what was observed.</summary>
    public async Task StepAsync(string name, Func<Task<string>> work)
    {
        _observer.Verbose(name);
        _observer.Progress(new OperationProgress($"Recovery test {Result.Scenario} of {Result.Deployment}", name, 0, 0, 0, null));
        var startedAt = DateTimeOffset.UtcNow;
        var clock = Stopwatch.StartNew();
        try
        {
            var observed = await work().ConfigureAwait(false);
            Add(new DrTestStep(name, Outcome.Passed, startedAt, clock.Elapsed, observed));
        }
        catch (Exception failure)
        {
            var stopped = failure is OperationCanceledException;
            Add(new DrTestStep(name, stopped ? Outcome.NotRun : Outcome.Failed, startedAt, clock.Elapsed, stopped ? OperationRecorder.Stopped : failure.Message));
            throw;
        }
    }

    /// <summary>Notes what the test runs on.</summary>
    public void Configure(IReadOnlyDictionary<string, string> configuration)
    {
        var all = new Dictionary<string, string>(Result.Configuration);
        foreach (var (name, value) in configuration)
        {
            all[name] = value;
        }

        Result = Result with { Configuration = all };
        Save();
    }

    /// <summary>Notes a time to be judged by its objective; one that is missed is an issue.</summary>
    public void Measure(RecoveryComponent component, RecoveryObjectiveKind kind, TimeSpan actual)
    {
        var measurement = new DrTestMeasurement(component, kind, actual, _targets.Of(component, kind));
        Result = Result with { Measurements = [.. Result.Measurements, measurement] };
        if (!measurement.Met)
        {
            Issue($"The {kind} of {component} was {DurationText.InWords(actual)}, and may be {DurationText.InWords(measurement.Target)}.", null);
            Recommend("Find out what took the time, or agree on another objective.");
        }
    }

    /// <summary>Notes a fault that verification had to find, and whether it did. All of several have to be found.</summary>
    public void Plant(string fault, bool caught)
    {
        Result = Result with
        {
            PlantedFault = Result.PlantedFault is null ? fault : $"{Result.PlantedFault} {fault}", FaultCaught = Result.FaultCaught is not false && caught,
        };
        if (!caught)
        {
            Issue($"Verification did not find the planted fault: {fault}", null);
            Recommend("Do not trust what verification passes until it finds this fault.");
        }
    }

    /// <summary>Notes what went otherwise than it should.</summary>
    public void Issue(string issue, string? resolution) => Result = Result with { Issues = [.. Result.Issues, new DrTestIssue(issue, resolution)] };

    /// <summary>Notes what should be done.</summary>
    public void Recommend(string sentence)
    {
        if (!Result.Recommendations.Contains(sentence))
        {
            Result = Result with { Recommendations = [.. Result.Recommendations, sentence] };
        }
    }

    /// <summary>Tells at once what its user must know though the test was stopped, and no result is written out.</summary>
    public void Warn(string sentence) => _observer.Warning(sentence);

    /// <summary>Closes the test.</summary>
    public DrTestResult Complete(Outcome outcome)
    {
        Result = Result with { EndedAt = DateTimeOffset.UtcNow, Outcome = outcome };
        Save();
        return Result;
    }

    private void Add(DrTestStep step)
    {
        Result = Result with { Steps = [.. Result.Steps, step] };
        Save();
    }

    private void Save()
    {
        foreach (var store in _stores)
        {
            try
            {
                store.Save(Result);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // The other store has it, and the cmdlet writes it.
                _observer.Warning($"The result of the recovery test could not be written: {failure.Message}");
            }
        }
    }
}
