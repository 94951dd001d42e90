namespace LettaDr.Console.Tests;

public sealed class ScreenLayoutTests
{
    [Theory]
    [InlineData("abc", 3, 0, 7)]
    [InlineData("abcdef", 6, 1, 0)]
    [InlineData("abcdefg", 7, 1, 1)]
    [InlineData("ab\ncd", 5, 1, 5)]
    [InlineData("日本語", 3, 1, 0)]
    [InlineData("a日本語", 4, 1, 2)]
    [InlineData("abcdef\n", 7, 1, 3)]
    public void A_place_in_the_text_is_a_place_on_the_screen(string text, int index, int row, int column) =>
        Assert.Equal((row, column), ScreenLayout.Position(text, index, firstColumn: 4, laterColumn: 3, width: 10));
}
