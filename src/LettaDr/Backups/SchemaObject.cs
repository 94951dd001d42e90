namespace LettaDr;

/// <summary>An object of a database's schema and its definition, as the server spells it with an empty search path.</summary>
/// <param name="Kind">What it is: <c>index</c>, <c>constraint</c>, <c>trigger</c>, <c>view</c>, …</param>
/// <param name="Identity">Its qualified name, unique within its kind.</param>
/// <param name="Definition">Its definition, with its state where that can break (<c>valid</c>, <c>populated</c>).</param>
public sealed record SchemaObject(string Kind, string Identity, string Definition);
