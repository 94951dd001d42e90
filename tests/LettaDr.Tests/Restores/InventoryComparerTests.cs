namespace LettaDr.Tests;

public sealed class InventoryComparerTests
{
    private static readonly DatabaseInventory Whole = Sample.Inventory();

    [Fact]
    public void The_same_database_has_no_difference() => Assert.Empty(InventoryComparer.Compare(Whole, Sample.Inventory(), null));

    [Fact]
    public void A_changed_row_a_lost_row_a_lost_table_and_one_too_many_are_told()
    {
        var agents = Whole.Tables[0];
        var messages = Whole.Tables[1];

        var changed = Only(Whole with { Tables = [agents with { Fingerprint = new Fingerprint(3, 78) }, messages] });
        var fewer = Only(Whole with { Tables = [agents with { Fingerprint = new Fingerprint(2, 77) }, messages] });
        var lost = Only(Whole with { Tables = [messages] });
        var extra = Only(Whole with { Tables = [agents, messages, Sample.Table("intruder")] });

        Assert.All([changed, fewer, lost, extra], difference => Assert.Equal("rows", difference.Kind));
        Assert.Equal("\"letta\".\"agents\"", changed.Identity);
        Assert.NotEqual(changed.Expected, changed.Actual);
        Assert.StartsWith("2:", fewer.Actual, StringComparison.Ordinal);
        Assert.Null(lost.Actual);
        Assert.Null(extra.Expected);
        Assert.Equal("\"letta\".\"intruder\"", extra.Identity);
    }

    [Fact]
    public void Large_objects_revision_schema_of_unqualified_names_and_extensions_are_compared()
    {
        var database = Whole.Database;

        Assert.Equal("large objects", Only(Whole with { LargeObjects = new Fingerprint(1, 6) }).Kind);
        Assert.Equal("revision", Only(Whole with { Database = database with { AlembicRevision = null } }).Kind);
        Assert.Equal("schema", Only(Whole with { Database = database with { CurrentSchema = "public" } }).Kind);
        Assert.Equal("extension", Only(Whole with { Extensions = [] }).Kind);
        Assert.Equal("in schema public", Only(Whole with { Extensions = [new DatabaseExtension("vector", "0.8.1", "public")] }).Actual);
    }

    [Fact]
    public void The_database_itself_is_compared()
    {
        var database = Whole.Database;
        DatabasePrivilege[] granted = [new("reader", "CONNECT", false)];

        AssertTold("owner", database with { Owner = "other" });
        AssertTold("encoding", database with { Encoding = "LATIN1" });
        AssertTold("locale provider", database with { LocaleProvider = "i" });
        AssertTold("LC_COLLATE", database with { Collate = "sv_SE.utf8" });
        AssertTold("LC_CTYPE", database with { CharacterType = "sv_SE.utf8" });
        AssertTold("locale", database with { ProviderLocale = "sv" });
        AssertTold("connection limit", database with { ConnectionLimit = 7 });
        AssertTold("privileges", database with { Privileges = granted });
        Assert.Equal(
            "CONNECT to reader with grant option",
            Assert.Single(InventoryComparer.Compare(
                Whole with { Database = database with { Privileges = granted } },
                Whole with { Database = database with { Privileges = [new("reader", "CONNECT", true)] } }, null)).Actual);
        Assert.Empty(Compare(Whole with { Database = database with { Name = "copy", Bytes = 1, ServerVersion = "18.1", CollationVersion = "2.41" } }));

        static void AssertTold(string what, DatabaseProperties restored)
        {
            var difference = Only(Whole with { Database = restored });
            Assert.Equal(("database", what), (difference.Kind, difference.Identity));
            Assert.False(InventoryComparer.IsCosmetic(difference));
        }
    }

    [Fact]
    public void A_later_version_of_an_extension_is_no_difference() =>
        Assert.Empty(Compare(Whole with { Extensions = [new DatabaseExtension("vector", "0.9.0", "letta")] }));

    [Fact]
    public void A_lost_changed_or_added_setting_is_told()
    {
        var lost = Only(Whole with { Settings = [] });
        var changed = Only(Whole with { Settings = [new DatabaseSetting(null, "search_path", "public")] });
        var ofRole = Only(Whole with { Settings = [.. Whole.Settings, new DatabaseSetting("letta", "work_mem", "64MB")] });

        Assert.Equal(("setting", "search_path for everybody", "letta", null), (lost.Kind, lost.Identity, lost.Expected, lost.Actual));
        Assert.Equal("public", changed.Actual);
        Assert.Equal("work_mem for letta", ofRole.Identity);
    }

    [Theory]
    [InlineData("index")]
    [InlineData("constraint")]
    [InlineData("column")]
    [InlineData("trigger")]
    [InlineData("policy")]
    [InlineData("view")]
    public void A_missing_object_of_any_kind_is_a_loss(string kind)
    {
        var expected = Whole with { Objects = [.. Whole.Objects, new SchemaObject(kind, "letta.x", "definition")] };

        var difference = Assert.Single(InventoryComparer.Compare(expected, Whole, null));

        Assert.Equal((kind, "letta.x", "definition", null), (difference.Kind, difference.Identity, difference.Expected, difference.Actual));
        Assert.False(InventoryComparer.IsCosmetic(difference));
        Assert.Equal($"{kind} letta.x is missing", difference.ToString());
    }

    [Theory]
    [InlineData("index", false)]
    [InlineData("constraint", false)]
    [InlineData("column", false)]
    [InlineData("owner", false)]
    [InlineData("rows", false)]
    [InlineData("setting", false)]
    [InlineData("view", true)]
    [InlineData("materialized view", true)]
    [InlineData("policy", true)]
    public void Only_what_the_server_prints_from_its_own_trees_may_read_otherwise(string kind, bool cosmetic) =>
        Assert.Equal(cosmetic, InventoryComparer.IsCosmetic(new InventoryDifference(kind, "x", "a", "b")));

    [Fact]
    public void Two_objects_of_one_name_must_both_come_back()
    {
        SchemaObject[] twins = [new("constraint", "letta.t.check", "CHECK (a)"), new("constraint", "letta.t.check", "CHECK (b)")];

        var difference = Assert.Single(InventoryComparer.Compare(Whole with { Objects = twins }, Whole with { Objects = [twins[0]] }, null));

        Assert.Equal("CHECK (b)", difference.Expected);
        Assert.Null(difference.Actual);
    }

    [Theory]
    [InlineData(20_000, true, false)]
    [InlineData(20_001, true, false)]
    [InlineData(20_000, false, true)]
    [InlineData(19_999, true, true)]
    public void A_sequence_may_be_ahead_but_not_behind(long value, bool called, bool told) =>
        Assert.Equal(told, Compare(Whole with { Sequences = [new SequenceState("letta.message_seq_id", value, called, 1, false)] }).Count == 1);

    [Theory]
    [InlineData(-20, false)]
    [InlineData(-21, false)]
    [InlineData(-19, true)]
    public void A_descending_sequence_is_behind_when_it_is_greater(long value, bool told)
    {
        var expected = Whole with { Sequences = [new SequenceState("letta.down", -20, true, -1, false)] };
        var actual = Whole with { Sequences = [new SequenceState("letta.down", value, true, -1, false)] };

        Assert.Equal(told, InventoryComparer.Compare(expected, actual, null).Count == 1);
    }

    [Fact]
    public void A_sequence_that_nobody_has_asked_may_have_been_asked_since() => Assert.Empty(InventoryComparer.Compare(
        Whole with { Sequences = [new SequenceState("letta.s", 1, false, 1, false)] },
        Whole with { Sequences = [new SequenceState("letta.s", 1, true, 1, false)] }, null));

    [Fact]
    public void Where_a_cycling_sequence_stands_says_nothing_but_it_must_be_there()
    {
        var expected = Whole with { Sequences = [new SequenceState("letta.round", 900, true, 1, true)] };

        Assert.Empty(InventoryComparer.Compare(expected, Whole with { Sequences = [new SequenceState("letta.round", 2, true, 1, true)] }, null));
        Assert.Null(Assert.Single(InventoryComparer.Compare(expected, Whole with { Sequences = [] }, null)).Actual);
    }

    [Fact]
    public void A_new_owner_is_expected_everywhere_and_privileges_are_his_own_affair()
    {
        var objects = Whole.Objects.Where(item => item.Kind is not ("owner" or "privileges")).ToList();
        var restored = Whole with { Objects = [.. objects, new SchemaObject("owner", "table letta.agents", "prod")] };
        var kept = Whole with { Objects = [.. objects, new SchemaObject("owner", "table letta.agents", "letta")] };

        Assert.Empty(InventoryComparer.Compare(Whole, restored, "prod"));
        var difference = Assert.Single(InventoryComparer.Compare(Whole, kept, "prod"));
        Assert.Equal(("owner", "prod", "letta"), (difference.Kind, difference.Expected, difference.Actual));
    }

    [Fact]
    public void Under_a_new_owner_settings_of_single_roles_need_not_come_back()
    {
        var expected = Whole with { Settings = [.. Whole.Settings, new DatabaseSetting("letta", "work_mem", "64MB")] };
        var restored = Whole with { Objects = [.. Whole.Objects.Select(item => item.Kind == "owner" ? item with { Definition = "prod" } : item)] };

        Assert.Empty(InventoryComparer.Compare(expected, restored, "prod"));
        Assert.Equal("setting", Assert.Single(InventoryComparer.Compare(expected, restored with { Settings = [expected.Settings[1]] }, "prod"), d => d.Expected is not null).Kind);
    }

    [Fact]
    public void The_same_privilege_granted_twice_is_one()
    {
        DatabaseInventory Having(params DatabasePrivilege[] privileges) => Whole with { Database = Whole.Database with { Privileges = privileges } };
        var granted = new DatabasePrivilege("reader", "CONNECT", false);

        Assert.Empty(InventoryComparer.Compare(Having(granted, granted with { Grantable = true }), Having(granted with { Grantable = true }), null));
        Assert.Single(InventoryComparer.Compare(Having(granted, granted with { Role = "other" }), Having(granted), null));
    }

    [Fact]
    public void A_difference_says_what_it_is()
    {
        Assert.Equal("index i is missing", new InventoryDifference("index", "i", "x", null).ToString());
        Assert.Equal("index i is too many", new InventoryDifference("index", "i", null, "x").ToString());
        Assert.Equal("index i is b instead of a", new InventoryDifference("index", "i", "a", "b").ToString());
    }

    private static IReadOnlyList<InventoryDifference> Compare(DatabaseInventory actual) => InventoryComparer.Compare(Whole, actual, null);

    private static InventoryDifference Only(DatabaseInventory actual) => Assert.Single(Compare(actual));
}
