using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LettaDr.Systems;

/// <summary>Reads YAML into maps, lists, texts and null, with anchors and merge keys (<c>&lt;&lt;</c>) resolved.</summary>
internal static class ComposeYaml
{
    private const int MaxDepth = 200;

    /// <summary>The first document of a text; null when it is empty.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="path">The file's name, for the error.</param>
    /// <exception cref="LettaDrException">The text is no YAML.</exception>
    public static object? Parse(string text, string path)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 0 ? null : new Conversion().Convert(stream.Documents[0].RootNode, depth: 0);
        }
        catch (YamlException exception)
        {
            throw new LettaDrException(
                "ComposeFileInvalid", FaultKind.InvalidArgument,
                $"{path} is not valid YAML (line {exception.Start.Line}): {SecretRedaction.Apply(exception.Message)}",
                "Correct it; 'docker compose config' shows the same fault.", path, exception);
        }
    }

    private sealed class Conversion
    {
        // A node that many aliases share is converted once, so that aliases of aliases cost no more than they look.
        private readonly Dictionary<YamlNode, object?> _done = new(ReferenceEqualityComparer.Instance);

        public object? Convert(YamlNode node, int depth)
        {
            if (_done.TryGetValue(node, out var known))
            {
                return known;
            }

            if (depth > MaxDepth)
            {
                throw new YamlException(node.Start, node.End, "It is nested too deeply.");
            }

            return _done[node] = node switch
            {
                YamlMappingNode mapping => Map(mapping, depth),
                YamlSequenceNode sequence => sequence.Select(item => Convert(item, depth + 1)).ToList(),
                YamlScalarNode scalar => Text(scalar),
                _ => null,
            };
        }

        private static string? Text(YamlScalarNode scalar) => scalar.Style != ScalarStyle.Plain ? scalar.Value : scalar.Value switch
        {
            null or "" or "~" or "null" or "Null" or "NULL" => null,
            "True" or "TRUE" => "true",
            "False" or "FALSE" => "false",
            var text => text,
        };

        private Dictionary<string, object?> Map(YamlMappingNode mapping, int depth)
        {
            var result = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var (key, value) in mapping)
            {
                if (key is YamlScalarNode { Value: "<<", Style: ScalarStyle.Plain })
                {
                    continue;
                }

                result[(key as YamlScalarNode)?.Value ?? key.ToString()] = Convert(value, depth + 1);
            }

            foreach (var (key, value) in Merged(mapping, depth))
            {
                result.TryAdd(key, value);
            }

            return result;
        }

        private IEnumerable<KeyValuePair<string, object?>> Merged(YamlMappingNode mapping, int depth)
        {
            foreach (var (key, value) in mapping)
            {
                if (key is YamlScalarNode { Value: "<<", Style: ScalarStyle.Plain })
                {
                    var sources = value is YamlSequenceNode sequence ? sequence.Children : [value];
                    foreach (var pair in sources.SelectMany(source => Convert(source, depth + 1) as Dictionary<string, object?> ?? []))
                    {
                        yield return pair;
                    }
                }
            }
        }
    }
}
