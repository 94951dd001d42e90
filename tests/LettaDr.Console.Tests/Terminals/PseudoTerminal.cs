using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;

namespace LettaDr.Console.Tests;

/// <summary>The executable at a terminal of its own: 100 columns, 30 rows, with a keyboard that the test types on.</summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2;

    private const int NoControllingTerminal = 0x100;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly FileStream _keyboard;

    private readonly StringBuilder _written = new();

    private readonly Process _process;

    private int _seen;

    public PseudoTerminal(TemporaryFolder folder, string settings, params string[] args)
    {
        int master = Check(posix_openpt(ReadWrite | NoControllingTerminal));
        Check(grantpt(master));
        Check(unlockpt(master));
        string slave = Marshal.PtrToStringAnsi(ptsname(master))!;
        _keyboard = new FileStream(new SafeFileHandle(master, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
        string program = $"exec >{slave} 2>&1; stty rows 30 cols 100; "
            + $"export TERM=xterm-256color XDG_STATE_HOME='{folder.Path}/state' {settings}; exec '{ConsoleProgram.Path}' \"$@\"";

        // setsid makes its standard input the controlling terminal.
        var start = new ProcessStartInfo(
            "sh", ["-c", "slave=$1; shift; exec setsid --ctty --wait sh -c \"$0\" sh \"$@\" <\"$slave\"", program, slave, .. args]);
        start.Environment.Remove("NO_COLOR");
        start.Environment.Remove(ModuleLocator.Variable);
        _process = Process.Start(start)!;
        new Thread(Read) { IsBackground = true }.Start();
    }

    /// <summary>All that was written, control sequences included.</summary>
    public string Raw
    {
        get
        {
            lock (_written)
            {
                return _written.ToString();
            }
        }
    }

    public void Type(string keys)
    {
        _keyboard.Write(Encoding.UTF8.GetBytes(keys));
        _keyboard.Flush();
    }

    /// <summary>Waits until a text, without control sequences, has been written since the last wait, and gives what came up to it.</summary>
    public string WaitFor(string text)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            string plain = Plain(Raw);
            int at = plain.IndexOf(text, Math.Min(_seen, plain.Length), StringComparison.Ordinal);
            if (at >= 0)
            {
                string part = plain[_seen..(at + text.Length)];
                _seen = at + text.Length;
                return part;
            }

            if (watch.Elapsed > Patience)
            {
                throw new TimeoutException($"'{text}' was not written. What was: {plain[Math.Min(_seen, plain.Length)..]}");
            }

            Thread.Sleep(20);
        }
    }

    public int WaitForExit()
    {
        if (!_process.WaitForExit(Patience))
        {
            throw new TimeoutException("lettadr did not end. It wrote: " + Plain(Raw));
        }

        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
        _keyboard.Dispose();
    }

    private static string Plain(string text) => ControlSequence().Replace(text, string.Empty).Replace("\r", string.Empty, StringComparison.Ordinal);

    private static int Check(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    private void Read()
    {
        byte[] buffer = new byte[4096];
        Decoder decoder = Encoding.UTF8.GetDecoder();
        char[] text = new char[4096];
        try
        {
            for (int read = _keyboard.Read(buffer); read > 0; read = _keyboard.Read(buffer))
            {
                int count = decoder.GetChars(buffer.AsSpan(0, read), text, flush: false);
                string piece = new(text, 0, count);
                lock (_written)
                {
                    _written.Append(piece);
                }

                // What a real terminal answers when it is asked where its cursor stands.
                if (piece.Contains("\e[6n", StringComparison.Ordinal))
                {
                    Type($"\e[1;{ColumnOfCursor()}R");
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The terminal is gone with the last program on it.
        }
    }

    private int ColumnOfCursor()
    {
        string plain = ControlSequence().Replace(Raw, string.Empty);
        string line = plain[(plain.LastIndexOfAny(['\n', '\r']) + 1)..];
        return line.Length + 1;
    }

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]|\e[=>]|\e\][^\a]*\a")]
    private static partial Regex ControlSequence();

    [DllImport("libc", SetLastError = true)]
    private static extern int posix_openpt(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int grantpt(int fd);

    [DllImport("libc", SetLastError = true)]
    private static extern int unlockpt(int fd);

    [DllImport("libc", SetLastError = true)]
    private static extern IntPtr ptsname(int fd);
}
