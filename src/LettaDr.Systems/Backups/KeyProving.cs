namespace LettaDr.Systems;

/// <summary>Proves that the LETTA_ENCRYPTION_KEY in a set is the one that its database's credentials are encrypted with.</summary>
internal sealed class KeyProving(SecretsProving secrets) : IBackupPartCheck
{
    /// <inheritdoc/>
    public string Name => "EncryptionKeyProven";

    /// <inheritdoc/>
    public string? WhyNotAsked(Backup backup) => backup.Manifest?.Configuration?.EncryptionKey switch
    {
        null => "The set has nothing to prove a LETTA_ENCRYPTION_KEY by.",
        { Fingerprint: null } => "No LETTA_ENCRYPTION_KEY was found when the set was made.",
        _ => secrets.WhyNotAsked(backup),
    };

    /// <inheritdoc/>
    public Task<string> ProveAsync(Backup backup, CancellationToken cancellationToken)
    {
        var proof = EncryptionKeyProof.Check(backup, backup.Manifest!.Configuration!.EncryptionKey, secrets.Open(backup, LettaEncryption.KeyName).Select(opened => opened.Content));
        return proof.Outcome == Outcome.Passed
            ? Task.FromResult(proof.Evidence)
            : throw new LettaDrException(
                "EncryptionKeyNotProven", proof.Outcome == Outcome.Failed ? FaultKind.Incompatible : FaultKind.NotFound, proof.Evidence, proof.Remedy!, backup.Id);
    }
}
