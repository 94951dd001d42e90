namespace LettaDr.Tests;

/// <summary>Whose copies a recovery begins with when nobody says.</summary>
public sealed class RecoveryEngineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_newest_physical_copy_decides_unless_somebody_does()
    {
        Backup[] sets = [Set(1, BackupParts.Cluster), Set(2, BackupParts.PgBackRest), Set(3, BackupParts.Database)];

        Assert.Equal(BackupEngine.PgBackRest, RecoveryEngine.Choose(null, null, sets));
        Assert.Equal(BackupEngine.LettaDr, RecoveryEngine.Choose(null, null, [.. sets, Set(4, BackupParts.Cluster)]));
        Assert.Equal(BackupEngine.LettaDr, RecoveryEngine.Choose(null, null, [sets[0], sets[1] with { State = BackupState.Damaged }]));
        Assert.Equal(BackupEngine.LettaDr, RecoveryEngine.Choose(BackupEngine.LettaDr, null, sets));
        Assert.Equal(BackupEngine.LettaDr, RecoveryEngine.Choose(null, null, []));
        Assert.Equal(BackupEngine.PgBackRest, RecoveryEngine.Choose(null, "main", []));
        Assert.Equal("ParameterMismatch", Assert.Throws<LettaDrException>(() => RecoveryEngine.Choose(BackupEngine.LettaDr, "main", sets)).Id);
    }

    private static Backup Set(double minute, BackupParts parts) => StanzaBasesTests.Set(Noon.AddMinutes(minute), parts);
}
