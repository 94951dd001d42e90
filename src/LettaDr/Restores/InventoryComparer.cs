using System.Globalization;

namespace LettaDr;

/// <summary>Compares a database with what a set says of it.</summary>
internal static class InventoryComparer
{
    // The server prints these from its own parse trees; after a dump and restore the same object may print otherwise.
    private static readonly HashSet<string> ReprintedKinds =
        new(StringComparer.Ordinal) { "view", "materialized view", "rule", "policy", "routine", "trigger", "default privileges" };

    /// <summary>All differences in rows, schema, sequences and settings; an empty list is the proof.</summary>
    /// <param name="expected">The set's inventory.</param>
    /// <param name="actual">The database's, with fingerprints.</param>
    /// <param name="newOwner">The role that owns everything now, when the owners of the set were not kept.</param>
    public static IReadOnlyList<InventoryDifference> Compare(
        DatabaseInventory expected, DatabaseInventory actual, string? newOwner) =>
        [
            .. CompareRows(expected, actual),
            .. CompareSequences(expected, actual),
            .. CompareObjects(expected, actual, newOwner),
            .. CompareValues("database", DatabaseValues(expected.Database, newOwner), DatabaseValues(actual.Database, newOwner)),
            .. CompareValues(
                "setting",
                expected.Settings.Where(setting => newOwner is null || setting.Role is null).ToDictionary(SettingName, setting => setting.Value),
                actual.Settings.ToDictionary(SettingName, setting => setting.Value)),
            .. CompareValues("extension", Names(expected), Names(actual)),
            .. CompareValue("revision", "alembic_version", expected.Database.AlembicRevision, actual.Database.AlembicRevision),
            .. CompareValue("schema", "of unqualified names", expected.Database.CurrentSchema, actual.Database.CurrentSchema),
        ];

    /// <summary>Whether a difference may be no more than the server's other way to print the same object.</summary>
    public static bool IsCosmetic(InventoryDifference difference) =>
        difference is { Expected: not null, Actual: not null } && ReprintedKinds.Contains(difference.Kind);

    private static IEnumerable<InventoryDifference> CompareRows(DatabaseInventory expected, DatabaseInventory actual)
    {
        var rows = CompareValues(
            "rows",
            expected.Tables.ToDictionary(table => PostgresName.Of(table), table => table.Fingerprint.ToString()!),
            actual.Tables.ToDictionary(table => PostgresName.Of(table), table => table.Fingerprint.ToString()!));
        return [.. rows, .. CompareValue("large objects", "all", expected.LargeObjects.ToString(), actual.LargeObjects.ToString())];
    }

    private static IEnumerable<InventoryDifference> CompareSequences(DatabaseInventory expected, DatabaseInventory actual)
    {
        var restored = actual.Sequences.ToDictionary(sequence => sequence.Identity);
        foreach (var sequence in expected.Sequences)
        {
            if (!restored.TryGetValue(sequence.Identity, out var found))
            {
                yield return new InventoryDifference("sequence", sequence.Identity, Position(sequence), null);
            }
            else if (!sequence.Cycles && IsBehind(found, sequence))
            {
                yield return new InventoryDifference("sequence", sequence.Identity, Position(sequence) + " or later", Position(found));
            }
        }
    }

    private static bool IsBehind(SequenceState found, SequenceState noted)
    {
        var ahead = noted.Increment < 0 ? noted.LastValue.CompareTo(found.LastValue) : found.LastValue.CompareTo(noted.LastValue);
        return ahead < 0 || (ahead == 0 && noted.IsCalled && !found.IsCalled);
    }

    private static string Position(SequenceState sequence) =>
        sequence.IsCalled ? $"at {sequence.LastValue}" : $"before {sequence.LastValue}";

    private static IEnumerable<InventoryDifference> CompareObjects(
        DatabaseInventory expected, DatabaseInventory actual, string? newOwner)
    {
        var kinds = expected.Objects.Concat(actual.Objects).Select(item => item.Kind).Distinct().Order(StringComparer.Ordinal);
        foreach (var kind in kinds)
        {
            if (newOwner is not null && (kind is "privileges" or "default privileges"))
            {
                continue;
            }

            var wanted = OfKind(expected, kind);
            if (newOwner is not null && kind == "owner")
            {
                wanted = wanted.ToDictionary(
                    owner => owner.Key, owner => owner.Value == "pg_database_owner" ? owner.Value : newOwner, StringComparer.Ordinal);
            }

            foreach (var difference in CompareValues(kind, wanted, OfKind(actual, kind)))
            {
                yield return difference;
            }
        }
    }

    private static Dictionary<string, string> DatabaseValues(DatabaseProperties database, string? newOwner)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["encoding"] = database.Encoding,
            ["locale provider"] = database.LocaleProvider,
            ["LC_COLLATE"] = database.Collate,
            ["LC_CTYPE"] = database.CharacterType,
            ["locale"] = database.ProviderLocale ?? "none",
            ["connection limit"] = database.ConnectionLimit.ToString(CultureInfo.InvariantCulture),
        };
        if (newOwner is null)
        {
            values["owner"] = database.Owner;
            values["privileges"] = database.Privileges is null ? "default" : Describe(database.Privileges);
        }

        return values;
    }

    /// <summary>What each role may do. Who granted it is not kept: two grants of the same come back as one.</summary>
    private static string Describe(IReadOnlyList<DatabasePrivilege> privileges) => string.Join(", ", privileges
        .GroupBy(privilege => (privilege.Privilege, privilege.Role))
        .Select(grants => $"{grants.Key.Privilege} to {grants.Key.Role ?? "everybody"}{(grants.Any(grant => grant.Grantable) ? " with grant option" : string.Empty)}")
        .Order(StringComparer.Ordinal));

    private static Dictionary<string, string> OfKind(DatabaseInventory inventory, string kind)
    {
        var objects = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in inventory.Objects.Where(item => item.Kind == kind))
        {
            // Two constraints of a table and its domain may share a name; what counts is that both come back.
            var identity = item.Identity;
            for (var copy = 2; !objects.TryAdd(identity, item.Definition); copy++)
            {
                identity = $"{item.Identity} ({copy})";
            }
        }

        return objects;
    }

    private static IEnumerable<InventoryDifference> CompareValues(
        string kind, Dictionary<string, string> expected, Dictionary<string, string> actual) =>
        expected.Keys.Union(actual.Keys, StringComparer.Ordinal).SelectMany(
            name => CompareValue(kind, name, expected.GetValueOrDefault(name), actual.GetValueOrDefault(name)));

    private static IEnumerable<InventoryDifference> CompareValue(string kind, string identity, string? expected, string? actual) =>
        expected == actual ? [] : [new InventoryDifference(kind, identity, expected, actual)];

    private static string SettingName(DatabaseSetting setting) => $"{setting.Name} for {setting.Role ?? "everybody"}";

    private static Dictionary<string, string> Names(DatabaseInventory inventory) =>
        inventory.Extensions.ToDictionary(extension => extension.Name, extension => "in schema " + extension.Schema);
}
