using System.Collections;

namespace LettaDr;

/// <summary>Facts in the order found. A secret goes in as such and comes out as asterisks.</summary>
internal sealed class FactList : IReadOnlyList<DiscoveredFact>
{
    private readonly List<DiscoveredFact> _facts = [];

    public int Count => _facts.Count;

    public DiscoveredFact this[int index] => _facts[index];

    /// <summary>Adds a fact; what could be a password in <paramref name="value"/> or <paramref name="source"/> is blanked all the same.</summary>
    public void Add(string name, string value, string source) =>
        _facts.Add(new DiscoveredFact(name, SecretRedaction.Apply(value), SecretRedaction.Apply(source)));

    /// <summary>Adds that a secret is known, and from where.</summary>
    public void AddSecret(string name, Secret secret, string source) => Add(name, secret.ToString(), source);

    public IEnumerator<DiscoveredFact> GetEnumerator() => _facts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
