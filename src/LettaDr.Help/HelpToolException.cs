namespace LettaDr.Help;

/// <summary>
/// A failure of the tool itself, told in one sentence: a folder that is not there, a module that does not load.
/// </summary>
internal sealed class HelpToolException(string message, Exception? innerException = null)
    : Exception(message, innerException);
