using System.Security.Cryptography.X509Certificates;

namespace LettaDr.Systems;

/// <summary>The checks that prove a set part by part, always the same in the same order.</summary>
internal static class BackupPartChecks
{
    /// <param name="repository">Where the sets are.</param>
    /// <param name="observer">Who watches.</param>
    /// <param name="jobs">Connections and processes at once.</param>
    /// <param name="image">Image of the throw-away PostgreSQL instead of the recorded one; null for that.</param>
    /// <param name="certificates">Certificates that open what is encrypted.</param>
    /// <param name="passphrase">The passphrase that opens it.</param>
    /// <param name="cancellationToken">Stops the start of a server.</param>
    public static IReadOnlyList<IBackupPartCheck> Of(
        IBackupRepository repository, IOperationObserver observer, int jobs, string? image,
        IReadOnlyList<X509Certificate2> certificates, Secret? passphrase, CancellationToken cancellationToken)
    {
        var secrets = new SecretsProving(repository, certificates, passphrase);
        return
        [
            new BackupProving(
                repository, observer, JournalDirectory.Local, jobs,
                async backup => await ScratchServer.StartAsync(backup, image, cancellationToken).ConfigureAwait(false)),
            new ClusterProving(repository, observer, jobs, image),
            new CacheProving(repository, observer),
            new MemoryProving(repository, observer),
            secrets,
            new KeyProving(secrets),
            new PgBackRestVerifying(observer),
            new PgBackRestProving(repository, observer, jobs, image),
        ];
    }
}
