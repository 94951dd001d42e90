namespace LettaDr.Benchmarks;

/// <summary>Something could not be measured.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
