namespace LettaDr;

/// <summary>A number of bytes in a cell.</summary>
internal readonly record struct ByteCount(long Bytes);
