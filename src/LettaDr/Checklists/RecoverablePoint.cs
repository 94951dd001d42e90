namespace LettaDr;

/// <summary>A moment that a deployment's database can be recovered to from its archive of write-ahead log.</summary>
/// <param name="Time">The moment.</param>
/// <param name="Basis">What proves it, in a sentence.</param>
internal sealed record RecoverablePoint(DateTimeOffset Time, string Basis);
