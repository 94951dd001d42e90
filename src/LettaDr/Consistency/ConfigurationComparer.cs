using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LettaDr;

/// <summary>Compares configurations item by item. Its key is random, and nobody has it after the comparison.</summary>
internal sealed class ConfigurationComparer
{
    private const int ShownDigits = 12;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly KnownSecrets _secrets = new();

    /// <summary>Learns every value that a side shows to be a secret: it is one on every side then, whatever it is called there.</summary>
    public void Learn(ConfigurationSide side)
    {
        foreach (var (item, value) in side.Items)
        {
            if (value.Text is null)
            {
                continue;
            }

            if (item.Kind is ConfigurationItemKind.Variable or ConfigurationItemKind.FileVariable)
            {
                _secrets.AddVariable(item.Name, value.Text);
            }
            else
            {
                _secrets.AddFrom(value.Text);
            }

            if (value.IsSecret && !value.Text.Trim().Contains('\n', StringComparison.Ordinal))
            {
                _secrets.Add(item.ToString(), value.Text);
            }
        }
    }

    /// <summary>The items in which two sides differ, or all of them, ordered by kind and name. Both sides must have been learnt.</summary>
    public IEnumerable<ConfigurationDifference> Compare(ConfigurationSide left, ConfigurationSide right, bool includeEqual)
    {
        var items = left.Items.Keys.Union(right.Items.Keys).Where(item => AreComparable(item, left, right))
            .OrderBy(item => item.Kind).ThenBy(item => item.ToString(), StringComparer.Ordinal).ToList();
        var split = items.Where(item => item.Kind == ConfigurationItemKind.FileVariable).Select(item => item.Scope).ToHashSet(StringComparer.Ordinal);
        var result = items.Select(item => Compare(item, left, right)).ToList();
        var told = result.Where(one => one.Difference is { State: not ConfigurationState.Equal, Kind: ConfigurationItemKind.FileVariable })
            .Select(one => one.Item.Scope).ToHashSet(StringComparer.Ordinal);

        // A file of variables is told variable by variable, and as a whole only where these are equal and its bytes are not.
        return result
            .Where(one => one.Item.Kind != ConfigurationItemKind.File || one.Difference.State != ConfigurationState.Different || !told.Contains(one.Item.Scope))
            .Select(one => one.Item.Kind == ConfigurationItemKind.File && one.Difference.State == ConfigurationState.Different && split.Contains(one.Item.Scope)
                ? one.Difference with { Note = "The variables are equal; comments, order or spelling differ." }
                : one.Difference)
            .Where(difference => includeEqual || difference.State != ConfigurationState.Equal);
    }

    /// <summary>Whether both sides could have the item; a scope of which one knows nothing is told once, by the item that stands for it.</summary>
    private static bool AreComparable(ConfigurationItem item, ConfigurationSide left, ConfigurationSide right)
    {
        if (!left.Kinds.Contains(item.Kind) || !right.Kinds.Contains(item.Kind))
        {
            return false;
        }

        return item.Kind switch
        {
            ConfigurationItemKind.File or ConfigurationItemKind.Image => true,
            ConfigurationItemKind.FileVariable => left.IsKnown(ConfigurationItemKind.File, item.Scope) && right.IsKnown(ConfigurationItemKind.File, item.Scope),
            ConfigurationItemKind.Version => left.Items.ContainsKey(item) && right.Items.ContainsKey(item),
            _ => left.Services.Contains(item.Scope) && right.Services.Contains(item.Scope)
                && (item.Name.Length == 0 || !(left.IsUnknown(item.Kind, item.Scope) || right.IsUnknown(item.Kind, item.Scope))),
        };
    }

    private (ConfigurationItem Item, ConfigurationDifference Difference) Compare(ConfigurationItem item, ConfigurationSide left, ConfigurationSide right)
    {
        var (a, b) = (left.Items.GetValueOrDefault(item), right.Items.GetValueOrDefault(item));
        var (state, note) = Judge(item, a, b);
        var difference = new ConfigurationDifference
        {
            Item = item.ToString(), Kind = item.Kind, State = state, Left = Show(item, a), Right = Show(item, b),
            LeftSource = left.Source, RightSource = right.Source, Note = note,
        };
        return (item, difference);
    }

    private static (ConfigurationState State, string? Note) Judge(ConfigurationItem item, ConfigurationValue? left, ConfigurationValue? right)
    {
        if ((left?.Unknown ?? right?.Unknown) is { } why)
        {
            return item.Kind == ConfigurationItemKind.File && left is { Size: { } one } && right is { Size: { } other } && one != other
                ? (ConfigurationState.Different, $"Compared by size only, {one} and {other} bytes: {why}")
                : (ConfigurationState.NotCompared, why);
        }

        if (left is null || right is null)
        {
            return (left is null ? ConfigurationState.OnlyRight : ConfigurationState.OnlyLeft, null);
        }

        if (left.Content is null || right.Content is null)
        {
            return (string.Equals(left.Text, right.Text, StringComparison.Ordinal) ? ConfigurationState.Equal : ConfigurationState.Different, null);
        }

        return left.Content.AsSpan().SequenceEqual(right.Content)
            ? (ConfigurationState.Equal, null)
            : (ConfigurationState.Different, left.Text is null || right.Text is null ? null : FirstLine(left.Text, right.Text));
    }

    private static string FirstLine(string left, string right)
    {
        var (one, other) = (left.Split('\n'), right.Split('\n'));
        var line = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Create(CultureInfo.InvariantCulture, $"They differ from line {line + 1} on.");
    }

    private string? Show(ConfigurationItem item, ConfigurationValue? value) => value switch
    {
        null => null,
        { Unknown: not null } => null,
        { Content: { } content } => Hash(content),
        { Text: { } text } => IsSecret(item, value) ? Hash(Encoding.UTF8.GetBytes(text)) : text,
        _ => null,
    };

    private bool IsSecret(ConfigurationItem item, ConfigurationValue value) =>
        value.IsSecret
        || (item.Kind is ConfigurationItemKind.Variable or ConfigurationItemKind.FileVariable && SecretRedaction.IsSecretName(item.Name))
        || SecretScanner.UriPasswords(value.Text!).Any() || _secrets.Find(value.Text!).Count > 0;

    private string Hash(byte[] content) => "hmac:" + Hex.Lower(HMACSHA256.HashData(_key, content))[..ShownDigits];
}
