namespace LettaDr.Tests;

public sealed class RestorePreflightTests
{
    private static readonly RestoreCase Good = new();
    private static readonly DatabaseSession Someone = new(42, "letta", "letta-server", "172.17.0.9");

    public static TheoryData<string> Refusals => [.. Spoilt.Keys];

    private static RestoreCase Trusted =>
        Good with { Target = WithVector(new AvailableExtension("0.8.1", ["0.8.1"], false)).Target with { IsSuperuser = false } };

    private static Dictionary<string, (FaultKind Kind, RestoreCase Case)> Spoilt => new()
    {
        ["BackupOfOtherDeployment"] = (FaultKind.Incompatible, Good with { Request = Good.Request with { Backup = Good.Request.Backup with { Deployment = "other" } } }),
        ["BackupOfOtherCluster"] = (FaultKind.Incompatible, Good with { Target = Good.Target with { SystemIdentifier = "1" } }),
        ["TargetIsStandby"] = (FaultKind.Incompatible, Good with { Target = Good.Target with { IsInRecovery = true } }),
        ["TargetTooOld"] = (FaultKind.Incompatible, Good with { Target = Good.Target with { ServerVersion = "16.9", ServerVersionNumber = 160_009 } }),
        ["CannotCreateDatabase"] = (FaultKind.PermissionDenied, Good with { Target = Good.Target with { IsSuperuser = false, CanCreateDatabases = false } }),
        ["ExtensionMissing"] = (FaultKind.Incompatible, Good with { Target = Good.Target with { Extensions = new Dictionary<string, AvailableExtension>() } }),
        ["ExtensionTooOld"] = (FaultKind.Incompatible, WithVector(new AvailableExtension("0.5.1", ["0.5.1"], true))),
        ["ExtensionNeedsSuperuser"] = (FaultKind.PermissionDenied, Good with { Target = Good.Target with { IsSuperuser = false } }),
        ["RoleNotFound"] = (FaultKind.NotFound, Good with { Request = Good.Request with { Owner = "prod" } }),
        ["RolesMissing"] = (FaultKind.NotFound, Good with { Target = Good.Target with { Roles = new HashSet<string> { "postgres" } } }),
        ["RoleNotAssumable"] = (FaultKind.PermissionDenied, Trusted with { Target = Trusted.Target with { AssumableRoles = new HashSet<string> { "postgres" } } }),
        ["DatabaseInUse"] = (FaultKind.Busy, Good with { Target = Good.Target with { Existing = Good.Target.Existing! with { Sessions = [Someone] } } }),
        ["NotEnoughDisk"] = (FaultKind.InsufficientResources, Good with { Target = Good.Target with { FreeBytes = (1L << 30) + 1 } }),
    };

    [Fact]
    public void A_sound_restore_is_not_refused() => Good.Check();

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Each_obstacle_is_refused_by_name_with_a_remedy(string id)
    {
        var (kind, spoilt) = Spoilt[id];

        var refusal = Assert.Throws<LettaDrException>(spoilt.Check);

        Assert.Equal((id, kind), (refusal.Id, refusal.Kind));
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Remedy, StringComparison.Ordinal);
        Assert.NotNull(refusal.Target);
        Assert.DoesNotContain("hush-hush", refusal.ToString() + refusal.Target, StringComparison.Ordinal);
    }

    [Fact]
    public void With_several_obstacles_the_most_dangerous_is_told_first()
    {
        var order = Spoilt.Keys.ToList();
        var all = Good with
        {
            Request = Good.Request with { Backup = Good.Request.Backup with { Deployment = "other" } },
            Target = Good.Target with
            {
                SystemIdentifier = "1", IsInRecovery = true, ServerVersionNumber = 150_000, IsSuperuser = false, CanCreateDatabases = false,
                Extensions = new Dictionary<string, AvailableExtension>(), Roles = new HashSet<string>(), FreeBytes = 1,
                Existing = Good.Target.Existing! with { Sessions = [Someone] },
            },
        };

        Assert.Equal("BackupOfOtherDeployment", IdOf(all));
        all = all with { Request = Good.Request };
        Assert.Equal("BackupOfOtherCluster", IdOf(all));
        all = all with { Target = all.Target with { SystemIdentifier = Good.Target.SystemIdentifier } };
        Assert.Equal("TargetIsStandby", IdOf(all));
        all = all with { Target = all.Target with { IsInRecovery = false } };
        Assert.Equal("TargetTooOld", IdOf(all));
        all = all with { Target = all.Target with { ServerVersionNumber = 180_000 } };
        Assert.Equal("CannotCreateDatabase", IdOf(all));
        all = all with { Target = all.Target with { IsSuperuser = true } };
        Assert.Equal("ExtensionMissing", IdOf(all));
        all = all with { Target = all.Target with { Extensions = Good.Target.Extensions } };
        Assert.Equal("RolesMissing", IdOf(all));
        all = all with { Target = all.Target with { Roles = Good.Target.Roles } };
        Assert.Equal("DatabaseInUse", IdOf(all));
        Assert.Equal("NotEnoughDisk", IdOf(all with { Request = Good.Request with { DisconnectSessions = true } }));
        Assert.Equal(13, order.Count);
    }

    [Fact]
    public void What_is_allowed_explicitly_is_not_refused()
    {
        (Spoilt["BackupOfOtherDeployment"].Case with { Request = Spoilt["BackupOfOtherDeployment"].Case.Request with { AllowOtherCluster = true } }).Check();
        (Spoilt["BackupOfOtherCluster"].Case with { Request = Good.Request with { AllowOtherCluster = true } }).Check();
        (Spoilt["RolesMissing"].Case with { Request = Good.Request with { CreateMissingRoles = true } }).Check();
        (Spoilt["DatabaseInUse"].Case with { Request = Good.Request with { DisconnectSessions = true } }).Check();
    }

    [Fact]
    public void A_set_of_another_deployment_may_go_beside_under_another_name() =>
        (Good with
        {
            Request = Good.Request with { TargetDatabase = "copy", Backup = Good.Request.Backup with { Deployment = "other" } },
            Target = Good.Target with { Existing = null },
        }).Check();

    [Fact]
    public void Another_cluster_is_no_obstacle_where_nothing_would_be_lost()
    {
        var elsewhere = Good with { Target = Good.Target with { SystemIdentifier = "1", Existing = null } };
        elsewhere.Check();
        (elsewhere with { Target = elsewhere.Target with { Existing = new TargetDatabase { Name = "letta", Owner = "letta", HasTables = false } } }).Check();
        var mark = new DatabaseMark(DatabaseMark.Previous, "letta", "x", Sample.Moment, null).Write();
        (elsewhere with { Target = elsewhere.Target with { Existing = Good.Target.Existing! with { Comment = mark } } }).Check();
    }

    [Fact]
    public void An_unknown_cluster_or_free_space_is_no_refusal()
    {
        (Good with { Target = Good.Target with { SystemIdentifier = null, FreeBytes = null } }).Check();
        (Good with { Inventory = Good.Inventory with { Database = Good.Inventory.Database with { SystemIdentifier = null } } }).Check();
    }

    [Theory]
    [InlineData("0.8.1", "0.8.1")]
    [InlineData("0.10.0", "0.9.0")]
    [InlineData("1.0", "0.8.1")]
    [InlineData("0.8", "0.8.0")]
    public void The_same_or_a_later_extension_will_do(string offered, string wanted) =>
        (WithVector(new AvailableExtension(offered, [offered], true)) with
        {
            Inventory = Good.Inventory with { Extensions = [new DatabaseExtension("vector", wanted, "letta")] },
        }).Check();

    [Fact]
    public void Space_just_enough_is_enough() =>
        (Good with { Target = Good.Target with { FreeBytes = (long)((1L << 30) * 1.2) } }).Check();

    [Fact]
    public void A_role_that_may_create_databases_needs_no_superuser_where_the_extension_is_trusted() => Trusted.Check();

    [Fact]
    public void A_new_owner_must_be_a_role_that_can_be_acted_as()
    {
        var given = Trusted with { Request = Trusted.Request with { Owner = "postgres" } };

        Assert.Equal("RoleNotAssumable", Assert.Throws<LettaDrException>(given.Check).Id);
        (given with { Target = given.Target with { AssumableRoles = new HashSet<string> { "postgres" } } }).Check();
        (given with { Target = given.Target with { IsSuperuser = true } }).Check();
    }

    [Fact]
    public void The_sessions_that_are_in_the_way_are_named()
    {
        var refusal = Assert.Throws<LettaDrException>(Spoilt["DatabaseInUse"].Case.Check);

        Assert.Contains("letta-server of letta from 172.17.0.9 (process 42)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("-DisconnectSessions", refusal.Remedy, StringComparison.Ordinal);
    }

    private static RestoreCase WithVector(AvailableExtension vector) =>
        Good with { Target = Good.Target with { Extensions = new Dictionary<string, AvailableExtension> { ["vector"] = vector } } };

    private static string IdOf(RestoreCase spoilt) => Assert.Throws<LettaDrException>(spoilt.Check).Id;
}
