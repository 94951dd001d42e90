using System.Text;

namespace LettaDr.Tests;

public sealed class DatabaseMarkTests
{
    private const string OperationId = "20261122T120000Z-abcdef";

    [Theory]
    [InlineData(null)]
    [InlineData("the owner's own words, \"quoted\" {\"State\":1} \U0001F600")]
    public void What_is_written_is_read(string? comment)
    {
        var mark = new DatabaseMark(DatabaseMark.Previous, "letta", OperationId, Sample.Moment, comment);

        Assert.Equal(mark, DatabaseMark.Read(mark.Write()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("the letta database")]
    [InlineData("LettaDr")]
    [InlineData("LettaDr is great")]
    [InlineData("LettaDr {\"state\":")]
    [InlineData("LettaDr null")]
    [InlineData("LettaDr []")]
    [InlineData("lettadr {}")]
    public void The_comments_of_others_are_ignored(string? comment) => Assert.Null(DatabaseMark.Read(comment));

    [Theory]
    [InlineData("letta")]
    [InlineData("l")]
    [InlineData("a_name_of_sixty_three_bytes_which_is_the_most_that_a_server_keeps")]
    [InlineData("größe-größe-größe-größe-größe-größe-größe-größe")]
    [InlineData("データベースデータベースデータベース")]
    [InlineData("\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600")]
    public void A_name_beside_another_fits_and_is_never_cut_inside_a_character(string target)
    {
        foreach (var prefix in new[] { "", "a", "ab", "abc" })
        {
            var name = DatabaseMark.NameBeside(prefix + target, DatabaseMark.Restoring, OperationId);

            Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, PostgresName.MaxBytes);
            Assert.EndsWith($"__{DatabaseMark.Restoring}_{OperationId}", name, StringComparison.Ordinal);
            Assert.Equal(name, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(new UTF8Encoding(false, true).GetBytes(name)));
            Assert.StartsWith(name[..name.IndexOf("__", StringComparison.Ordinal)], prefix + target, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Two_operations_never_share_a_name() => Assert.NotEqual(
        DatabaseMark.NameBeside(new string('x', 63), "before", "20261122T120000Z-abcdef"),
        DatabaseMark.NameBeside(new string('x', 63), "before", "20261122T120000Z-abcdee"));

    [Fact]
    public void The_states_are_told_apart() =>
        Assert.Equal("letta__restoring_" + OperationId, DatabaseMark.NameBeside("letta", DatabaseMark.Restoring, OperationId));
}
