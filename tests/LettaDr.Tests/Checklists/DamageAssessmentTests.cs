namespace LettaDr.Tests;

public sealed class DamageAssessmentTests
{
    private static readonly DamagedRelation Table = new("letta.messages", false, "invalid page in block 0 of relation base/5/16384");
    private static readonly DamagedRelation Index = new("letta.messages_pkey", true, "1 bad block");

    [Theory]
    [InlineData("Passed", "Passed", "Passed", "Passed", DamageVerdict.NothingFound)]
    [InlineData("Passed", "NotRun", "Passed", "NotRun", DamageVerdict.NothingFound)]
    [InlineData("Passed", "Failed", "Failed", "Failed", DamageVerdict.IndexesOnly)]
    [InlineData("Passed", "Passed", "Failed", "Passed", DamageVerdict.TablesDamaged)]
    [InlineData("Passed", "Passed", "Passed", "Failed", DamageVerdict.IndexesOnly)]
    [InlineData("Failed", "NotRun", "NotRun", "NotRun", DamageVerdict.NotAssessed)]
    [InlineData("NotRun", "Passed", "Passed", "Passed", DamageVerdict.NotAssessed)]
    public void Without_a_relation_known_to_be_damaged_the_checks_decide(string tables, string trees, string keys, string pages, DamageVerdict verdict)
    {
        var assessment = Of([], ("TablesReadable", tables), ("BTreesSound", trees), ("ForeignKeysHold", keys), ("PageChecksums", pages));

        Assert.Equal(verdict, assessment.Verdict);
        Assert.Equal(trees != "Passed", assessment.Evidence.Contains("BTreesSound", StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_table_outweighs_all_and_indexes_alone_are_no_loss()
    {
        Assert.Equal(DamageVerdict.TablesDamaged, Of([Index, Table], ("TablesReadable", "Failed"), ("BTreesSound", "Failed")).Verdict);
        Assert.Contains("letta.messages (invalid page in block 0", Of([Table], ("TablesReadable", "Failed")).Evidence, StringComparison.Ordinal);
        Assert.Equal(DamageVerdict.IndexesOnly, Of([Index], ("TablesReadable", "Failed"), ("BTreesSound", "NotRun")).Verdict);
    }

    [Theory]
    [InlineData("Passed", DamageVerdict.NothingFound)]
    [InlineData("NotRun", DamageVerdict.NotAssessed)]
    [InlineData("Failed", DamageVerdict.NotAssessed)]
    public void On_a_stopped_server_the_pages_decide(string pages, DamageVerdict verdict) =>
        Assert.Equal(verdict, Of([], ("PageChecksums", pages)).Verdict);

    [Fact]
    public void On_a_stopped_server_a_file_that_nobody_knows_counts_as_a_table()
    {
        Assert.Equal(DamageVerdict.IndexesOnly, Of([Index], ("PageChecksums", "Failed")).Verdict);
        Assert.Equal(DamageVerdict.TablesDamaged, Of([new DamagedRelation("base/5/16384", false, "1 bad block")], ("PageChecksums", "Failed")).Verdict);
    }

    private static DamageAssessment Of(IReadOnlyList<DamagedRelation> damaged, params (string Name, string Outcome)[] checks) => new()
    {
        Damaged = damaged,
        Checks = [.. checks.Select(check => new CheckResult { Name = check.Name, Target = "letta", Outcome = Enum.Parse<Outcome>(check.Outcome), Evidence = "Seen." })],
    };
}
