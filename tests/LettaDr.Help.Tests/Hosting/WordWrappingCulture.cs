using System.Globalization;

namespace LettaDr.Help.Hosting;

/// <summary>
/// The invariant culture, but with English words: the engine wraps at words in languages that it knows, and cuts through
/// them in all others. Needs no culture data on the machine.
/// </summary>
internal sealed class WordWrappingCulture() : CultureInfo("")
{
    public override string TwoLetterISOLanguageName => "en";
}
