namespace LettaDr.Module.Tests;

[Collection(SmallSandboxCollection.Name)]
public sealed class RepairLettaVectorIndexTests : IDisposable
{
    private readonly SmallSandbox _sandbox;
    private readonly Shell _shell = new();

    public RepairLettaVectorIndexTests(SmallSandbox sandbox)
    {
        _sandbox = sandbox;
        _shell.With("deployment", sandbox.Deployment);
    }

    public void Dispose()
    {
        _sandbox.Query("DROP INDEX IF EXISTS letta.\"Fir st\"");
        _shell.Dispose();
    }

    [Fact]
    public void No_index_is_told_to_be_healthy()
    {
        var told = _shell.Run("$deployment | Repair-LettaVectorIndex -Confirm").Single();

        Assert.Equal("Left", told.Action.ToString());
        Assert.Contains("no vector index", (string)told.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_test_has_found_is_repaired()
    {
        Plant();
        var planned = _shell.Run("Repair-LettaVectorIndex $deployment -WhatIf").Clean();
        Assert.Empty(planned.Output);
        Assert.Contains("rebuild letta.\"Fir st\" (hnsw, ", planned.Text, StringComparison.Ordinal);
        Assert.Equal("f", _sandbox.Query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'letta.\"Fir st\"'::regclass").Trim());

        var done = _shell.Run("Test-LettaConsistency $deployment | Repair-LettaVectorIndex").Single();

        Assert.Equal(("Rebuilt", false), (done.Action.ToString(), (bool)done.WasValid));
        Assert.True(done.RecallAfter >= 0.9);
        Assert.Empty(_shell.Run("Test-LettaConsistency $deployment | Repair-LettaVectorIndex").Clean().Output);
    }

    [Theory]
    [InlineData("-Index 'fir*'")]
    [InlineData("-Index 'letta.Fir st'")]
    [InlineData("-All")]
    public void By_name_and_all(string which)
    {
        Plant();
        Assert.Equal("Rebuilt", _shell.Run($"Repair-LettaVectorIndex $deployment {which}").Single().Action.ToString());
        Assert.StartsWith(
            "IndexNotFound,", Assert.Single(_shell.Run("Repair-LettaVectorIndex $deployment -Index other").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private void Plant()
    {
        _sandbox.Query("CREATE INDEX \"Fir st\" ON archival_passages USING hnsw ((subvector(embedding, 1, 1536)::vector(1536)) vector_l2_ops)");
        _sandbox.Query("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'letta.\"Fir st\"'::regclass");
    }
}
