namespace LettaDr;

/// <summary>Where a secret stands in a text.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">Its length in characters.</param>
/// <param name="Name">What it is called, never what it is.</param>
internal readonly record struct SecretSpan(int Start, int Length, string Name)
{
    public int End => Start + Length;
}
