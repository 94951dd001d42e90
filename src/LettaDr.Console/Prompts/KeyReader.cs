namespace LettaDr.Console;

/// <summary>Reads keys from the terminal, unseen, Ctrl+C among them; gives up when what asked for them is to end.</summary>
internal sealed class KeyReader(IInterruption interruption)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    /// <summary>Waits for a key.</summary>
    /// <returns>The key; null when the command that asks has been stopped from elsewhere.</returns>
    public ConsoleKeyInfo? Read()
    {
        while (!System.Console.KeyAvailable)
        {
            if (interruption.IsRequested)
            {
                return null;
            }

            Thread.Sleep(Pause);
        }

        return System.Console.ReadKey(intercept: true);
    }

    /// <summary>Takes the terminal while keys are read: Ctrl+C is then a key, not a signal.</summary>
    public static IDisposable Begin() => new Taken();

    private sealed class Taken : IDisposable
    {
        private readonly bool _before = System.Console.TreatControlCAsInput;

        public Taken()
        {
            System.Console.TreatControlCAsInput = true;

            // Asking for a key is what turns the echo off.
            _ = System.Console.KeyAvailable;
        }

        public void Dispose() => System.Console.TreatControlCAsInput = _before;
    }
}
