namespace LettaDr.Tests;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1_023, "1023 B")]
    [InlineData(1_024, "1.0 KiB")]
    [InlineData(1_536, "1.5 KiB")]
    [InlineData(-1_536, "-1.5 KiB")]
    [InlineData(1_503_238_553, "1.4 GiB")]
    [InlineData(1L << 50, "1.0 PiB")]
    [InlineData(long.MaxValue, "8192.0 PiB")]
    public void Bytes_are_told_in_binary_units(long bytes, string text) => Assert.Equal(text, ByteSize.Format(bytes));
}
