namespace LettaDr.Help;

/// <summary>A link.</summary>
/// <param name="Text">What it shows.</param>
/// <param name="Url">Where it leads: an address, or the file of another page.</param>
/// <param name="Line">Line of the link, from 1.</param>
internal sealed record PageLink(string Text, string Url, int Line);
