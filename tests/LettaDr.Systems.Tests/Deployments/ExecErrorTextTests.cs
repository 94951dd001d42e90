using System.Text;

namespace LettaDr.Systems.Tests;

public sealed class ExecErrorTextTests
{
    [Fact]
    public async Task The_process_number_is_taken_out_wherever_it_stands_and_however_it_is_cut()
    {
        var text = new ExecErrorText();
        foreach (var piece in new[] { "sh: no such locale\nlettadr-pro", "cess:4", "2\nfirst\n", "lettadr-process:7\n" })
        {
            text.Append(Encoding.UTF8.GetBytes(piece));
        }

        Assert.Equal(42, await text.ProcessNumber);
        Assert.Equal("sh: no such locale\nfirst\nlettadr-process:7\n", text.ToString());
    }

    [Fact]
    public async Task Without_a_number_nothing_is_lost()
    {
        var text = new ExecErrorText();
        text.Append("exec: \"sh\": not found"u8);
        text.Complete();
        Assert.Null(await text.ProcessNumber);
        Assert.Equal("exec: \"sh\": not found", text.ToString());
    }
}
