namespace LettaDr.Tests;

public sealed class PostgresNameTests
{
    [Theory]
    [InlineData("letta", "\"letta\"")]
    [InlineData("My Table", "\"My Table\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("\"; DROP DATABASE letta; --", "\"\"\"; DROP DATABASE letta; --\"")]
    [InlineData("größe", "\"größe\"")]
    public void Names_are_quoted(string name, string quoted) => Assert.Equal(quoted, PostgresName.Quote(name));

    [Theory]
    [InlineData("", "''")]
    [InlineData("it's", "'it''s'")]
    [InlineData("a\\b", "E'a\\\\b'")]
    [InlineData("\\'; --", "E'\\\\''; --'")]
    public void Texts_are_literals_whatever_the_server_thinks_of_backslashes(string text, string literal) =>
        Assert.Equal(literal, PostgresName.Literal(text));

    [Fact]
    public void A_table_is_named_with_its_schema() =>
        Assert.Equal("\"My Schema\".\"a.b\"", PostgresName.Of(Sample.Table("a.b") with { Schema = "My Schema" }));

    [Fact]
    public void Generated_columns_are_read_but_not_copied_and_what_is_not_portable_is_read_as_text()
    {
        var table = Sample.Table("t") with
        {
            Columns =
            [
                new TableColumn { Name = "Id", Type = "integer", PortableBinary = true },
                new TableColumn { Name = "moods", Type = "letta.mood[]" },
                new TableColumn { Name = "sum", Type = "integer", PortableBinary = true, Generated = true },
            ],
        };

        Assert.Equal("\"Id\", \"moods\"", PostgresName.Columns(table));
        Assert.Equal("\"Id\", \"moods\"::pg_catalog.text, \"sum\"", PostgresName.SelectList(table));
    }
}
