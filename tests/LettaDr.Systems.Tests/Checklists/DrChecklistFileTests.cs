namespace LettaDr.Systems.Tests;

public sealed class DrChecklistFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lettadr-checklist-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Two_writers_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            var file = File("anchors" + writer);
            for (var index = 0; index < 25; index++)
            {
                await file.AppendAsync([Entry($"{writer}/{index}")], CancellationToken.None);
            }
        })));

        var entries = File().Read(out var altered);

        Assert.Null(altered);
        Assert.Equal(100, entries.Select(entry => entry.Note).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 100), entries.Select(entry => entry.Sequence));
        foreach (var writer in Enumerable.Range(0, 4))
        {
            Assert.Equal(Enumerable.Range(0, 25).Select(index => $"{writer}/{index}"), entries.Select(entry => entry.Note!).Where(note => note.StartsWith($"{writer}/", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task An_edited_past_is_found_and_nothing_more_is_written_to_it()
    {
        await File().AppendAsync([Entry("a"), Entry("b")], CancellationToken.None);
        var path = File().Path;
        await System.IO.File.WriteAllTextAsync(path, (await System.IO.File.ReadAllTextAsync(path)).Replace("\"passed\"", "\"failed\"", StringComparison.OrdinalIgnoreCase));

        File().Read(out var altered);
        var refused = await Assert.ThrowsAsync<LettaDrException>(() => File().AppendAsync([Entry("c")], CancellationToken.None));

        Assert.Equal("ChecklistAltered", altered!.Id);
        Assert.Contains("line 1", altered.Message, StringComparison.Ordinal);
        Assert.Equal("ChecklistAltered", refused.Id);
    }

    [Fact]
    public async Task A_record_that_was_cut_short_or_written_anew_is_found_by_who_has_seen_it()
    {
        await File().AppendAsync([Entry("a"), Entry("b")], CancellationToken.None);
        var path = File().Path;
        var lines = await System.IO.File.ReadAllLinesAsync(path);

        await System.IO.File.WriteAllTextAsync(path, lines[0] + "\n");
        File().Read(out var cut);
        System.IO.File.Delete(path);
        File().Read(out var removed);
        await File("another").AppendAsync([Entry("x"), Entry("y")], CancellationToken.None);
        File().Read(out var anew);

        Assert.Contains("cut short", cut!.Message, StringComparison.Ordinal);
        Assert.Contains("cut short", removed!.Message, StringComparison.Ordinal);
        Assert.Contains("written anew", anew!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_dead_writer_left_of_a_line_is_cleared_by_the_next()
    {
        await File().AppendAsync([Entry("a")], CancellationToken.None);
        await System.IO.File.AppendAllTextAsync(File().Path, "0123 {\"half");

        await File().AppendAsync([Entry("b")], CancellationToken.None);

        Assert.Equal(["a", "b"], File().Read(out var altered).Select(entry => entry.Note));
        Assert.Null(altered);
    }

    [Fact]
    public async Task A_byte_order_mark_is_an_edit_and_costs_no_entry()
    {
        await File().AppendAsync([Entry("a"), Entry("b")], CancellationToken.None);
        var path = File().Path;
        byte[] edited = [0xEF, 0xBB, 0xBF, .. await System.IO.File.ReadAllBytesAsync(path)];
        await System.IO.File.WriteAllBytesAsync(path, edited);

        File().Read(out var altered);
        var refused = await Assert.ThrowsAsync<LettaDrException>(() => File().AppendAsync([Entry("c")], CancellationToken.None));

        Assert.Equal(("ChecklistAltered", "ChecklistAltered"), (altered!.Id, refused.Id));
        Assert.Contains("line 1", altered.Message, StringComparison.Ordinal);
        Assert.Equal(edited, await System.IO.File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task A_record_of_another_deployment_is_no_evidence_here()
    {
        await File().AppendAsync([Entry("a")], CancellationToken.None);
        var other = new DrChecklistFile(Path.Combine(_folder.FullName, "repository"), "other", Path.Combine(_folder.FullName, "others"));
        Directory.CreateDirectory(Path.GetDirectoryName(other.Path)!);
        System.IO.File.Copy(File().Path, other.Path);

        Assert.Empty(other.Read(out var altered));
        Assert.Equal("ChecklistAltered", altered!.Id);
        Assert.Contains("another deployment", altered.Message, StringComparison.Ordinal);
    }

    private DrChecklistFile File(string anchors = "anchors") => new(Path.Combine(_folder.FullName, "repository"), "letta", Path.Combine(_folder.FullName, anchors));

    private static DrChecklistEntry Entry(string note) => new()
    {
        Sequence = 0, Deployment = "letta", Phase = DrChecklistPhase.Pre, Number = 3, Outcome = Outcome.Passed, By = "ann", RecordedBy = "ann@here", At = DateTimeOffset.UtcNow, Note = note,
    };
}
