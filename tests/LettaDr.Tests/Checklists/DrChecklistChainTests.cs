namespace LettaDr.Tests;

public sealed class DrChecklistChainTests
{
    [Fact]
    public void A_record_reads_back_as_it_was_written()
    {
        var text = Written("first", "with\na line's end and ünïcode", "third");

        var chain = DrChecklistChain.Read(text, "letta");

        Assert.Null(chain.BrokenAt);
        Assert.Equal(["first", "with\na line's end and ünïcode", "third"], chain.Entries.Select(entry => entry.Note));
        Assert.Equal([1, 2, 3], chain.Entries.Select(entry => entry.Sequence));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_word_changed_anywhere_is_found_at_its_line(int line)
    {
        var lines = Written("done", "done", "done").Split('\n');
        lines[line - 1] = lines[line - 1].Replace("done", "gone", StringComparison.Ordinal);

        var chain = DrChecklistChain.Read(string.Join('\n', lines), "letta");

        Assert.Equal(line, chain.BrokenAt);
        Assert.Equal(line - 1, chain.Entries.Count);
    }

    [Fact]
    public void A_line_removed_put_in_twice_or_moved_is_found()
    {
        var lines = Written("a", "b", "c").Split('\n');

        Assert.Equal(2, DrChecklistChain.Read(string.Join('\n', [lines[0], lines[2], string.Empty]), "letta").BrokenAt);
        Assert.Equal(2, DrChecklistChain.Read(string.Join('\n', [lines[0], lines[0], lines[1], string.Empty]), "letta").BrokenAt);
        Assert.Equal(1, DrChecklistChain.Read(string.Join('\n', [lines[1], lines[0], string.Empty]), "letta").BrokenAt);
        Assert.Equal(1, DrChecklistChain.Read("\n", "letta").BrokenAt);
    }

    [Fact]
    public void A_changed_line_with_a_digest_of_its_own_breaks_the_next()
    {
        var lines = Written("a", "b", "c").Split('\n');
        var forged = Written("A").Split('\n')[0];

        Assert.Equal(2, DrChecklistChain.Read(string.Join('\n', [forged, lines[1], lines[2], string.Empty]), "letta").BrokenAt);
    }

    [Fact]
    public void What_a_dead_writer_left_of_a_line_was_never_recorded()
    {
        var text = Written("a", "b");

        var chain = DrChecklistChain.Read(text[..^10], "letta");

        Assert.Null(chain.BrokenAt);
        Assert.Equal("a", Assert.Single(chain.Entries).Note);
    }

    private static string Written(params string[] notes)
    {
        var chain = DrChecklistChain.Read(string.Empty, "letta");
        return string.Concat(notes.Select(note => chain.Append(new DrChecklistEntry
        {
            Sequence = 0, Deployment = "letta", Phase = DrChecklistPhase.Pre, Number = 1, Outcome = Outcome.Passed, By = "ann", RecordedBy = "ann@here",
            At = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), Note = note,
        })));
    }
}
