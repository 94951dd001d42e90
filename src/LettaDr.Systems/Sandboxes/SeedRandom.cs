namespace LettaDr.Systems;

/// <summary>Numbers that follow from a seed, the same in every process and runtime (SplitMix64).</summary>
internal struct SeedRandom(ulong state)
{
    private ulong _state = state;

    internal ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 up to but not including <paramref name="bound"/>.</summary>
    internal int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>A number between -1 and 1, more often near 0, as the components of an embedding are.</summary>
    internal float Bell()
    {
        var bits = Next();
        return (((bits & 0x1FFFFF) + ((bits >> 21) & 0x1FFFFF) + ((bits >> 42) & 0x1FFFFF)) / (float)0x2F_FFFF) - 1f;
    }
}
