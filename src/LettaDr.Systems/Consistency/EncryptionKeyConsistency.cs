using System.Runtime.CompilerServices;

namespace LettaDr.Systems;

/// <summary>Checks that the Letta server's key is the one that the database's credentials are encrypted with.</summary>
internal sealed class EncryptionKeyConsistency(LettaDeployment deployment) : IConsistencyProbe
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = ["EncryptionKeyFits"];

    /// <inheritdoc/>
    public async IAsyncEnumerable<CheckResult> RunAsync(
        IReadOnlySet<string> wanted, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (wanted.Contains(Names[0]))
        {
            yield return await Check.RunAsync(
                Names[0], deployment.Server?.ToString() ?? deployment.Name, () => CheckAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Check> CheckAsync(CancellationToken cancellationToken)
    {
        if (deployment.Server?.Container?.Id is not { } container)
        {
            return Check.NotRun("The server's environment cannot be seen: it runs in no container of this machine's Docker.", "Run the check where it does.");
        }

        IReadOnlyList<EncryptedCanary> encrypted;
        try
        {
            encrypted = (await CredentialSurvey.ReadAsync(deployment.Database, cancellationToken).ConfigureAwait(false)).Encrypted;
        }
        catch (LettaDrException unreadable)
        {
            return Check.NotRun($"The credentials cannot be read: {unreadable.Message}", unreadable.Remedy);
        }

        if (encrypted.Count == 0)
        {
            return Check.OfNothing("The database holds no encrypted credential.", "There is nothing that a wrong key could not open.");
        }

        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var details = await engine.DescribeAsync(container, cancellationToken).ConfigureAwait(false);
        if (details.Environment.GetValueOrDefault(LettaEncryption.KeyName) is not { Length: > 0 } key)
        {
            return Check.Failed($"The server has no {LettaEncryption.KeyName}, and the database holds encrypted credentials, as {encrypted[0]}.", Remedy);
        }

        var closed = encrypted.Where(one => LettaEncryption.Decrypt(one.Value, key) is null).ToList();
        return closed.Count == 0
            ? Check.Passed($"The server's {LettaEncryption.KeyName} decrypts each of {encrypted.Count} credentials looked at.")
            : Check.Failed($"The server's {LettaEncryption.KeyName} does not decrypt {closed.Count} of {encrypted.Count} credentials looked at, as {closed[0]}.", Remedy);
    }

    private const string Remedy = $"Give the server the {LettaEncryption.KeyName} that it had when it stored them (Restore-LettaConfiguration brings a kept one back); else they must be entered anew.";
}
