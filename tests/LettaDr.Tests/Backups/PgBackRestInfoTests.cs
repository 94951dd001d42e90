namespace LettaDr.Tests;

public sealed class PgBackRestInfoTests
{
    [Fact]
    public void A_chain_is_read_with_what_each_backup_needs()
    {
        var stanza = Only("chain.json");

        Assert.Equal(("main", 0, "ok", "7711256529609232406", false), (stanza.Name, stanza.Status, stanza.Message, stanza.SystemIdentifier, stanza.IsBackingUp));
        Assert.Equal(
            [PgBackRestBackupType.Full, PgBackRestBackupType.Incremental, PgBackRestBackupType.Differential],
            stanza.Backups.Select(backup => backup.Type));
        Assert.Equal([new PgBackRestArchive("17-1", 1, "7711256529609232406")], stanza.Archives);
        var incremental = stanza.Backups[1];
        Assert.Equal("20261123-065349F_20261123-065418I", incremental.Label);
        Assert.Equal("20261123-065349F", incremental.Prior);
        Assert.Equal(["20261123-065349F"], incremental.References);
        Assert.Equal((Lsn.Parse("0/6000028"), Lsn.Parse("0/7000100"), "000000010000000000000007"), (incremental.StartLsn!.Value, incremental.StopLsn!.Value, incremental.StopSegment));
        Assert.Equal((37684677, 3004757), (incremental.Bytes, incremental.RepositoryBytes));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795416951), incremental.StoppedAt);
        Assert.Equal(("7711256529609232406", "17", 1, false), (incremental.SystemIdentifier, incremental.ServerVersion, incremental.Repository, incremental.HasPageErrors));
    }

    [Fact]
    public void Of_two_repositories_each_backup_tells_its_own()
    {
        var stanza = Only("two-repositories.json");

        Assert.Equal([1, 1, 1, 2], stanza.Backups.Select(backup => backup.Repository));
        Assert.All(stanza.Backups, backup => Assert.Equal("7711256529609232406", backup.SystemIdentifier));
    }

    [Theory]
    [InlineData("missing.json", false, 1)]
    [InlineData("created.json", true, 0)]
    [InlineData("refused.json", true, 1)]
    public void What_is_not_there_and_what_cannot_be_read_are_told_apart(string sample, bool exists, int problems)
    {
        var stanza = Only(sample);

        Assert.Equal((exists, problems, 0), (stanza.Exists, stanza.Problems.Count, stanza.Backups.Count));
    }

    [Fact]
    public void A_backup_being_made_tells_how_far_it_is()
    {
        var stanza = Only("backing-up.json");

        Assert.Equal((true, 37684419, 1048576), (stanza.IsBackingUp, stanza.TotalBytes, stanza.CopiedBytes));
    }

    [Fact]
    public void No_stanza_is_no_error() => Assert.Empty(PgBackRestInfo.Read("[]"u8.ToArray()));

    [Fact]
    public void Fields_of_later_versions_are_passed_over_and_missing_ones_are_borne()
    {
        var stanza = PgBackRestInfo.Read("""
            [{"name":"main","new":{"a":[1]},"status":{"code":0,"lock":{"backup":{"held":false},"restore":{"held":true}}},
              "backup":[{"label":"20200101-000000F","type":"full","timestamp":{"start":1,"stop":2},"later":true}]}]
            """u8.ToArray())[0];

        var backup = Assert.Single(stanza.Backups);
        Assert.Equal(("20200101-000000F", 1, null, 0L), (backup.Label, backup.Repository, backup.StopLsn, backup.Bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ERROR: [055]: unable to load")]
    [InlineData("{\"name\":\"main\"}")]
    [InlineData("[{\"name\":\"main\"}]")]
    [InlineData("[{\"name\":\"main\",\"status\":{\"code\":0},\"backup\":[{\"label\":\"x\",\"type\":\"odd\",\"timestamp\":{\"start\":1,\"stop\":2}}]}]")]
    public void What_pgBackRest_does_not_write_is_refused(string text)
    {
        var fault = Assert.Throws<LettaDrException>(() => PgBackRestInfo.Read(System.Text.Encoding.UTF8.GetBytes(text)));

        Assert.Equal("PgBackRestInfoUnreadable", fault.Id);
    }

    private static PgBackRestStanza Only(string sample) => Assert.Single(PgBackRestInfo.Read(PgBackRestSample.Read(sample)));
}
