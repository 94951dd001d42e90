namespace LettaDr.Tests;

public sealed class PgBackRestVerificationTests
{
    private const string Full = "20261123-065349F";
    private const string Incremental = Full + "_20261123-065418I";
    private const string Differential = Full + "_20261123-065551D";

    [Fact]
    public void A_sound_backup_has_no_problem() =>
        Assert.Empty(PgBackRestVerification.Problems(PgBackRestSample.Text("verify-ok.txt"), Incremental, [Full]));

    [Fact]
    public void A_damaged_file_is_told_with_the_backup_and_the_counts()
    {
        var problem = Assert.Single(PgBackRestVerification.Problems(PgBackRestSample.Text("verify-damaged.txt"), Full, []));

        Assert.Contains("Backup 20261123-065349F is invalid", problem, StringComparison.Ordinal);
        Assert.Contains("checksum invalid: 1", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_damage_of_a_backup_that_is_needed_counts() =>
        Assert.Single(PgBackRestVerification.Problems(PgBackRestSample.Text("verify-damaged.txt"), Differential, [Full]));

    [Fact]
    public void A_backup_that_was_expired_is_a_problem() =>
        Assert.Contains(
            PgBackRestVerification.Problems(PgBackRestSample.Text("verify-expired.txt"), Full, []),
            problem => problem.Contains("backup set 20261123-065349F is not valid", StringComparison.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("stanza: main\nstatus: ok\n")]
    [InlineData("stanza: main\nstatus: ok\n  backup: 20200101-000000F, status: valid, total files checked: 1, total valid files: 1\n")]
    public void A_backup_that_was_not_looked_at_is_not_sound(string output) =>
        Assert.Contains("did not look at", Assert.Single(PgBackRestVerification.Problems(output, Full, [])), StringComparison.Ordinal);

    [Fact]
    public void A_missing_segment_of_the_log_is_a_problem()
    {
        var output = PgBackRestSample.Text("verify-ok.txt").Replace("valid WAL: 2\n    missing: 0", "valid WAL: 1\n    missing: 1", StringComparison.Ordinal);

        Assert.Contains("missing: 1", Assert.Single(PgBackRestVerification.Problems(output, Incremental, [Full])), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_cannot_be_explained_is_still_one()
    {
        var output = PgBackRestSample.Text("verify-ok.txt").Replace("status: ok", "status: error", StringComparison.Ordinal);

        Assert.Contains("error", Assert.Single(PgBackRestVerification.Problems(output, Incremental, [Full])), StringComparison.Ordinal);
    }
}
