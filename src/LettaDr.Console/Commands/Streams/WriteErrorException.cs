namespace LettaDr.Console.Commands;

/// <summary>What Write-Error reports when it is given a text only.</summary>
public sealed class WriteErrorException : SystemException
{
    /// <summary>Makes it.</summary>
    /// <param name="message">The text.</param>
    public WriteErrorException(string message)
        : base(message)
    {
    }
}
