using System.Globalization;
using System.Text.Json;
using LettaDr.Benchmarks;
using LettaDr.Systems;

BatchScheduling.EnterOwnProcess();
var request = JsonSerializer.Deserialize<WorkerRequest>(Console.In.ReadToEnd())!;
try
{
    using var engine = new MeasuredEngine(request);
    var result = engine.Run() with { PeakBytes = PeakBytes() };
    Console.WriteLine(JsonSerializer.Serialize(result));
    return 0;
}
catch (Exception failure)
{
    Console.Error.WriteLine(failure);
    return 1;
}

// proc(5), /proc/pid/status, "VmHWM: peak resident set size".
static long PeakBytes()
{
    var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
    return long.Parse(line["VmHWM:".Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture) * 1024;
}
