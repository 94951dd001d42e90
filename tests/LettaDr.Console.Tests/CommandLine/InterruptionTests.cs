using System.Diagnostics;

namespace LettaDr.Console.Tests;

/// <summary>What signals do to a command that works and cleans up after itself.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("INT", 1)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task A_signal_stops_the_script_and_its_cleanup_is_waited_for(string signal, int exitCode)
    {
        ProgramResult result = await Interrupt(signal, "-File", Script());
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal("begun\n", result.Output);
        Assert.Equal("cleaned up", File.ReadAllText(_folder.At("cleanup")));
    }

    [Fact]
    public async Task A_signal_stops_a_command()
    {
        ProgramResult result = await Interrupt("INT", "-Command", $". '{Script()}'; 'not reached'");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("begun\n", result.Output);
        Assert.True(File.Exists(_folder.At("cleanup")));
    }

    [Fact]
    public async Task A_second_signal_tells_what_is_waited_for_and_abandons_nothing()
    {
        using Process process = Start("-File", Script(waits: true));
        Assert.Equal("begun", await process.StandardOutput.ReadLineAsync());
        Send(process, "INT");
        await Until(() => File.Exists(_folder.At("cleaning")));
        Send(process, "INT");
        Assert.Matches("stopping since \\d+ s; waiting for '.*long.ps1' to end its work", await process.StandardError.ReadLineAsync());
        _folder.Write("go", string.Empty);
        Assert.Equal(1, ConsoleProgram.Finish(process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).ExitCode);
        Assert.Equal("cleaned up", File.ReadAllText(_folder.At("cleanup")));
    }

    [Fact]
    public async Task Standard_input_is_not_read_on_after_a_signal()
    {
        using Process process = Start("-Command", "-");
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync($". '{Script()}'\n'not reached'\n");
        process.StandardInput.Close();
        Assert.Equal("begun", await process.StandardOutput.ReadLineAsync());
        Send(process, "INT");
        ProgramResult result = ConsoleProgram.Finish(process, process.StandardOutput.ReadToEndAsync(), error);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(string.Empty, result.Output);
    }

    public void Dispose() => _folder.Dispose();

    private static Process Start(params string[] args) => ConsoleProgram.Start(["--no-module", .. args]);

    private static void Send(Process process, string signal)
    {
        using Process kill = Process.Start("kill", ["-" + signal, process.Id.ToString()]);
        kill.WaitForExit();
    }

    private static async Task<ProgramResult> Interrupt(string signal, params string[] args)
    {
        using Process process = Start(args);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string? first = await process.StandardOutput.ReadLineAsync();
        Send(process, signal);
        ProgramResult result = ConsoleProgram.Finish(process, process.StandardOutput.ReadToEndAsync(), error);
        return result with { Output = first + "\n" + result.Output };
    }

    private static async Task Until(Func<bool> happened)
    {
        for (int i = 0; !happened(); i++)
        {
            Assert.True(i < 3600, "It did not happen within three minutes.");
            await Task.Delay(50);
        }
    }

    // The cleanup takes a while and uses no command, as that of a cmdlet which joins its worker.
    private string Script(bool waits = false)
    {
        if (!waits)
        {
            _folder.Write("go", string.Empty);
        }

        return _folder.Write("long.ps1", $$"""
            try { 'begun'; Start-Sleep -Seconds 50; 'slept' }
            finally {
                [System.IO.File]::WriteAllText('{{_folder.At("cleaning")}}', '')
                do { [System.Threading.Thread]::Sleep(500) } until ([System.IO.File]::Exists('{{_folder.At("go")}}'))
                [System.IO.File]::WriteAllText('{{_folder.At("cleanup")}}', 'cleaned up')
            }
            """);
    }
}
