using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Backs up a deployment's database into a set that carries its own proof.</summary>
[Cmdlet(VerbsData.Backup, "LettaDatabase", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Backup))]
public sealed class BackupLettaDatabaseCommand : BackupCmdlet
{
    /// <summary>
    /// Logical copies one database row by row; Base copies the whole cluster's files, from which any later moment can be reached by its
    /// log; Incremental copies only what has changed since another physical set; Differential, by pgBackRest alone, since the last full one.
    /// </summary>
    [Parameter]
    public DatabaseBackupType Type { get; set; } = DatabaseBackupType.Logical;

    /// <summary>The physical set that an incremental one builds on, instead of the newest.</summary>
    [Parameter]
    [ValidateNotNull]
    public BackupReference? Parent { get; set; }

    /// <summary>LettaDr copies by itself; PgBackRest has pgBackRest back the cluster up into a stanza that exists, and keeps the proof.</summary>
    [Parameter]
    public BackupEngine Engine { get; set; } = BackupEngine.LettaDr;

    /// <summary>pgBackRest's stanza, where there are several.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Stanza { get; set; }

    /// <summary>Number of the stanza's repository that pgBackRest copies to, instead of the first (repo1).</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int? StanzaRepository { get; set; }

    /// <summary>Leaves all rows to pg_dump: slower and larger, but one file that any pg_restore reads.</summary>
    [Parameter]
    public SwitchParameter Portable { get; set; }

    /// <summary>Connections that read at once, and threads that compress a physical copy.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int Jobs { get; set; } = 2;

    /// <summary>zstd's level: 1 is fastest, 19 smallest.</summary>
    [Parameter]
    [ValidateRange(1, 19)]
    public int CompressionLevel { get; set; } = 1;

    /// <summary>Role and password to connect with, instead of those found.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Takes a cluster other than that of the newest set for this deployment's own from now on.</summary>
    [Parameter]
    public SwitchParameter AllowOtherCluster { get; set; }

    private protected override async Task<Backup?> BackUpAsync(
        DeploymentReference reference, IBackupRepository repository, CancellationToken cancellationToken)
    {
        var pgBackRest = new PgBackRestChoice(Engine, Type, Stanza, StanzaRepository, MyInvocation.BoundParameters.Keys).Request();
        var deployment = await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false);
        var request = new BackupRequest
        {
            Deployment = deployment, Label = Label, Jobs = Jobs, CompressionLevel = CompressionLevel, Portable = Portable,
            AllowOtherCluster = AllowOtherCluster, Physical = Physical(),
            Parent = Parent is null ? null : (await ResolveAsync(Parent, Repository, deployment.Name, cancellationToken, BackupParts.Cluster).ConfigureAwait(false)).Backup,
        };
        if (pgBackRest is not null)
        {
            using var backup = await StanzaBackup.OpenAsync(repository, request, pgBackRest, Observer, cancellationToken).ConfigureAwait(false);
            var stanzaPlan = await backup.DescribeAsync(cancellationToken).ConfigureAwait(false);
            return await ShouldProcessAsync(stanzaPlan, stanzaPlan, "Back up a Letta database by pgBackRest", cancellationToken).ConfigureAwait(false)
                ? await backup.RunAsync(JournalDirectory.Local, cancellationToken).ConfigureAwait(false)
                : null;
        }

        var plan = BackupDescription.Plan(request, repository.Location);
        if (!await ShouldProcessAsync(plan, plan, "Back up a Letta database", cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        using var database = await DeploymentDatabase.OpenForBackupAsync(deployment, OperationId.Next(), cancellationToken).ConfigureAwait(false);
        var making = new BackupMaking(repository, Observer, JournalDirectory.Local);
        return request.Physical is null
            ? await DatabaseBackup.RunAsync(making, repository, request, database.OpenSource, cancellationToken).ConfigureAwait(false)
            : await ClusterBackup.RunAsync(making, repository, request, database.OpenCluster, cancellationToken).ConfigureAwait(false);
    }

    private BaseBackupType? Physical()
    {
        BaseBackupType? physical = Type switch
        {
            DatabaseBackupType.Base => BaseBackupType.Full,
            DatabaseBackupType.Incremental => BaseBackupType.Incremental,
            DatabaseBackupType.Differential when Engine == BackupEngine.LettaDr => throw Mismatch(
                "-Type Differential is made by pgBackRest alone (-Engine PgBackRest); what LettaDr copies incrementally always builds on one set."),
            _ => null,
        };
        if (Portable && physical is not null)
        {
            throw Mismatch($"-Portable has no meaning for -Type {Type}: a physical copy is read by the same version of PostgreSQL alone.");
        }

        return Parent is null || physical == BaseBackupType.Incremental
            ? physical
            : throw Mismatch($"-Parent has no meaning for -Type {Type}: only an incremental set builds on another.");
    }

    private static LettaDrException Mismatch(string message) =>
        new("ParameterMismatch", FaultKind.InvalidArgument, message, "Leave one of the two out.");
}
