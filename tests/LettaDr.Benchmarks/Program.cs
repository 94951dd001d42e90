using LettaDr;
using LettaDr.Benchmarks;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(BenchmarkOptions.Usage);
    return 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // What was started must still be removed.
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    using var run = new BenchmarkRun(BenchmarkOptions.Parse(args));
    return await run.RunAsync(stop.Token) ? 0 : 1;
}
catch (BenchmarkException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 2;
}
catch (LettaDrException failure)
{
    Console.Error.WriteLine($"{failure.Message} {failure.Remedy}");
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
