namespace LettaDr.Console.Tests;

public sealed class EditBufferTests
{
    private readonly EditBuffer _buffer = new();

    [Fact]
    public void Text_is_inserted_at_the_cursor()
    {
        _buffer.Set("ac", 1);
        _buffer.Insert("b");
        Assert.Equal(("abc", 2), (_buffer.Text, _buffer.Cursor));
    }

    [Fact]
    public void A_character_of_several_code_points_is_one_step()
    {
        _buffer.Set("a\u0065\u0301👩‍👧b");
        _buffer.MoveTo(_buffer.Previous());
        _buffer.Delete(_buffer.Previous());
        Assert.Equal("a\u0065\u0301b", _buffer.Text);
        _buffer.Delete(_buffer.Previous());
        Assert.Equal(("ab", 1), (_buffer.Text, _buffer.Cursor));
    }

    [Fact]
    public void Words_are_cut_and_put_back()
    {
        _buffer.Set("Get-Item -Path /tmp");
        _buffer.Cut(_buffer.PreviousWord());
        Assert.Equal(("Get-Item -Path /", "tmp"), (_buffer.Text, _buffer.Removed));
        _buffer.MoveTo(0);
        _buffer.Cut(_buffer.NextWord());
        Assert.Equal("-Item -Path /", _buffer.Text);
        _buffer.Insert(_buffer.Removed);
        Assert.Equal("Get-Item -Path /", _buffer.Text);
    }

    [Fact]
    public void Lines_are_gone_up_and_down_in_their_column()
    {
        _buffer.Set("abcd\nx\nefgh", 3);
        Assert.True(_buffer.MoveLine(down: true));
        Assert.Equal(6, _buffer.Cursor);
        Assert.True(_buffer.MoveLine(down: true));
        Assert.False(_buffer.MoveLine(down: true));
        Assert.Equal((7, 11), (_buffer.LineStart(), _buffer.LineEnd()));
    }

    [Fact]
    public void A_match_replaces_its_stretch()
    {
        _buffer.Set("Get-It x", 6);
        _buffer.Replace(0, 6, "Get-Item");
        Assert.Equal(("Get-Item x", 8), (_buffer.Text, _buffer.Cursor));
    }
}
