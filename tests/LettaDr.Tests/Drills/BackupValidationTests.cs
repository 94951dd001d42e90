namespace LettaDr.Tests;

public sealed class BackupValidationTests
{
    private static readonly DateTimeOffset Now = DrTestCase.Now;

    [Fact]
    public void A_sets_own_proof_counts_before_the_journal_of_its_database()
    {
        var set = RecoveryCase.Set();
        set = set with { LastProof = new BackupProof { BackupId = set.Id, ManifestSeal = "seal", TestedAt = Now, Outcome = Outcome.Failed, Evidence = "no", Duration = default } };

        var found = BackupValidation.Of(set.Deployment, [set], [Journal(set.Deployment, set.Id)]);

        Assert.Equal([new BackupValidation(Now, Outcome.Failed)], found);
    }

    [Fact]
    public void The_journal_counts_where_the_set_is_gone()
    {
        Assert.Equal([new BackupValidation(Now, Outcome.Passed)], BackupValidation.Of("letta", [], [Journal("letta", "gone")]));
        Assert.Empty(BackupValidation.Of("letta", [], [Journal("other", "gone")]));
        Assert.Empty(BackupValidation.Of("letta", [], [Journal("letta", "gone") with { EndedAt = null, Outcome = null }]));
        Assert.Empty(BackupValidation.Of("letta", [], [Journal("letta", "gone") with { Outcome = Outcome.Failed, Message = OperationRecorder.Stopped }]));
    }

    private static OperationJournal Journal(string deployment, string set) => new()
    {
        Id = "journal", Kind = "RestoreTest", Deployment = deployment, BackupId = set, StartedAt = Now.AddMinutes(-1), EndedAt = Now,
        Outcome = Outcome.Passed, Machine = "here", ProcessId = 1,
    };
}
