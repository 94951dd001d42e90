using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LettaDr.Systems;

/// <summary>A plan's YAML as JSON, each value knowing the line and column that it came from.</summary>
internal static partial class PlanYaml
{
    private const int MaxDepth = 20;
    private const int MaxValues = 10_000;

    /// <summary>The document.</summary>
    /// <exception cref="YamlException">It is no YAML, or not what a plan may be; it has the place.</exception>
    public static JObject Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        if (stream.Documents.Count == 0)
        {
            throw new YamlException(new Mark(0, 1, 1), new Mark(0, 1, 1), "It is empty.");
        }

        if (stream.Documents.Count > 1)
        {
            var second = stream.Documents[1].RootNode;
            throw new YamlException(second.Start, second.End, "It holds more than one document.");
        }

        var root = stream.Documents[0].RootNode;
        return root is YamlMappingNode mapping
            ? new Conversion().Map(mapping, depth: 0)
            : throw new YamlException(root.Start, root.End, "It holds no keys: a plan begins like 'name: letta'.");
    }

    /// <summary>Where a value, or a key, stands.</summary>
    public static Mark MarkOf(JToken token) => token.AncestorsAndSelf().Select(known => known.Annotation<Position>()).OfType<Position>().First().Mark;

    [GeneratedRegex(@"^-?(0|[1-9]\d{0,8})\z")]
    private static partial Regex WholeNumber();

    private sealed record Position(Mark Mark);

    private sealed class Conversion
    {
        private int _values;

        public JObject Map(YamlMappingNode mapping, int depth)
        {
            var result = new JObject();
            result.AddAnnotation(new Position(mapping.Start));
            foreach (var (key, value) in mapping)
            {
                var name = key as YamlScalarNode ?? throw new YamlException(key.Start, key.End, "A key must be a word.");
                var property = new JProperty(name.Value!, Token(value, depth + 1));
                property.AddAnnotation(new Position(key.Start));

                // An empty value is as good as none: 'contacts:' with all its items commented out.
                if (property.Value.Type != JTokenType.Null)
                {
                    result.Add(property);
                }
                else
                {
                    result.AddAnnotation(property);
                }
            }

            return result;
        }

        private JToken Token(YamlNode node, int depth)
        {
            // Aliases of aliases could grow without end.
            if (depth > MaxDepth || ++_values > MaxValues)
            {
                throw new YamlException(node.Start, node.End, "It is nested too deeply, or too large, for a plan.");
            }

            JToken token = node switch
            {
                YamlMappingNode mapping => Map(mapping, depth),
                YamlSequenceNode sequence => new JArray(sequence.Select(item => Token(item, depth + 1))),
                YamlScalarNode scalar => Scalar(scalar),
                _ => throw new YamlException(node.Start, node.End, "It cannot be understood."),
            };
            token.RemoveAnnotations<Position>();
            token.AddAnnotation(new Position(node.Start));
            return token;
        }

        private static JValue Scalar(YamlScalarNode scalar) => scalar.Style != ScalarStyle.Plain
            ? new JValue(scalar.Value)
            : scalar.Value switch
            {
                null or "" or "~" or "null" or "Null" or "NULL" => JValue.CreateNull(),
                "true" or "True" or "TRUE" => new JValue(true),
                "false" or "False" or "FALSE" => new JValue(false),
                var text when WholeNumber().IsMatch(text) => new JValue(long.Parse(text, CultureInfo.InvariantCulture)),
                var text => new JValue(text),
            };
    }

    /// <summary>Where the key of a value stands that is empty; null when the key is not there at all.</summary>
    public static Mark? EmptyKey(JToken mapping, string key) =>
        mapping.Annotations<JProperty>().FirstOrDefault(property => property.Name == key)?.Annotation<Position>()!.Mark;
}
