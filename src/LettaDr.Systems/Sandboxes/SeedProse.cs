namespace LettaDr.Systems;

/// <summary>Text of the length and compressibility of a conversation, with everything in it that has broken a dump before.</summary>
internal sealed class SeedProse
{
    private static readonly string[] Words = (
        "the of to a and in that is was for on with as you it be at by from have this or had not are but which one we all "
        + "there their when who more if no out so said what up its about into than them can only other new some could time "
        + "these two may then do first any my now such like our over man me even most made after also did many before must "
        + "through years where much your way well down should because each just those people how too little state good very "
        + "make world still own see men work long get here between both life being under never day same another know while "
        + "last might us great old year off come since against go came right used take three agent memory block archive "
        + "message context window token summary recall search tool function result error retry schedule calendar invoice "
        + "customer contract meeting deadline budget travel flight hotel passport weather kitchen recipe garden music guitar "
        + "database backup restore replica snapshot checksum index vector embedding passage document source chapter section "
        + "paragraph quarterly revenue forecast supplier warehouse delivery tracking refund complaint escalation preference "
        + "birthday anniversary daughter colleague neighbour doctor appointment prescription exercise marathon bicycle").Split(' ');

    private static readonly string[] Oddities =
    [
        "\"quoted\"", "O'Hara", @"C:\temp\new", "Zürich", "naïve", "東京", "Київ", "مرحبا", "שלום", "🚀", "👩‍👩‍👧", "e\u0301", "€12.50", "—",
        "line\nbreak", "tab\there", "$1", "{json: 'ish'}", "<b>", "\\.", "\\N", "%s", "x=1;--", "\u2028", "\uFEFF",
    ];

    private readonly char[] _text = new char[8192];

    /// <summary>
    /// About <paramref name="length"/> characters; valid until the next call. Never a NUL, which a text column cannot hold.
    /// </summary>
    internal ReadOnlySpan<char> Next(ref SeedRandom random, int length)
    {
        var used = 0;
        while (used < length)
        {
            var draw = random.Below(1000);
            if (draw < 30)
            {
                used += Append(used, Oddities[random.Below(Oddities.Length)]);
            }
            else if (draw < 60)
            {
                random.Below(1_000_000).TryFormat(_text.AsSpan(used), out var digits, provider: null);
                used += digits;
            }
            else
            {
                // The smaller of two draws: common words are common.
                used += Append(used, Words[Math.Min(random.Below(Words.Length), random.Below(Words.Length))]);
            }

            if (draw % 13 == 0)
            {
                _text[used++] = draw % 2 == 0 ? '.' : ',';
            }

            _text[used++] = ' ';
        }

        return _text.AsSpan(0, used - 1);
    }

    private int Append(int at, string word)
    {
        word.CopyTo(_text.AsSpan(at));
        return word.Length;
    }
}
