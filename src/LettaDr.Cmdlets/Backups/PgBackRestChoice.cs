namespace LettaDr.Cmdlets;

/// <summary>What the parameters of a backup ask of pgBackRest, where they go together.</summary>
/// <param name="Engine">Who backs up.</param>
/// <param name="Type">How much is copied.</param>
/// <param name="Stanza">The stanza; null for the only one.</param>
/// <param name="Repository">The stanza's repository; null for pgBackRest's own choice.</param>
/// <param name="Given">Names of all parameters that the user gave.</param>
internal sealed record PgBackRestChoice(
    BackupEngine Engine, DatabaseBackupType Type, string? Stanza, int? Repository, ICollection<string> Given)
{
    private static readonly string[] OfOurs = ["Portable", "Parent", "CompressionLevel"];
    private static readonly string[] OfIts = ["Stanza", "StanzaRepository"];

    /// <summary>What pgBackRest is asked; null where LettaDr backs up.</summary>
    /// <exception cref="LettaDrException">Parameters do not go together.</exception>
    public PgBackRestRequest? Request()
    {
        var foreign = (Engine == BackupEngine.PgBackRest ? OfOurs : OfIts).FirstOrDefault(name => Given.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (foreign is not null)
        {
            throw Mismatch(Engine == BackupEngine.PgBackRest
                ? $"-{foreign} has no meaning for -Engine PgBackRest, which copies as its own configuration says."
                : $"-{foreign} is of pgBackRest, and -Engine PgBackRest was not said.");
        }

        if (Engine != BackupEngine.PgBackRest)
        {
            return null;
        }

        var type = Type switch
        {
            DatabaseBackupType.Incremental => PgBackRestBackupType.Incremental,
            DatabaseBackupType.Differential => PgBackRestBackupType.Differential,
            DatabaseBackupType.Logical when Given.Contains("Type", StringComparer.OrdinalIgnoreCase) =>
                throw Mismatch("pgBackRest makes physical backups only: -Type Base, Incremental or Differential."),
            _ => PgBackRestBackupType.Full,
        };
        return new PgBackRestRequest(Stanza, type, Repository);
    }

    private static LettaDrException Mismatch(string message) => new("ParameterMismatch", FaultKind.InvalidArgument, message, "Leave one of the two out.");
}
