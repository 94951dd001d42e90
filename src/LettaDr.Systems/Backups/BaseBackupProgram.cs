using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Runs pg_basebackup, wherever it writes to.</summary>
/// <param name="programs">Where it runs.</param>
/// <param name="operationId">The operation that it is a part of.</param>
/// <param name="openParent">Opens PostgreSQL's manifest of the copy that this one builds on; null for a full one.</param>
internal sealed class BaseBackupProgram(PostgresPrograms programs, string operationId, Func<Stream>? openParent)
{
    /// <summary>The first major version that compresses by zstd.</summary>
    public const int FirstWithZstd = 15;

    /// <summary>Where it runs.</summary>
    public PostgresPrograms Programs => programs;

    /// <summary>Whether it builds on another copy.</summary>
    public bool IsIncremental => openParent is not null;

    /// <summary>Copies the cluster.</summary>
    /// <param name="target">The folder that it makes for its archives; <c>-</c> for its output, which takes one archive only.</param>
    /// <param name="compression">As its option <c>--compress</c> takes it; null for none.</param>
    /// <param name="output">Takes its output.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    public async Task RunAsync(string target, string? compression, Stream? output, CancellationToken cancellationToken)
    {
        var parent = await StageParentAsync(cancellationToken).ConfigureAwait(false);
        List<string> arguments =
        [
            "--format=tar", "--pgdata=" + target, "--wal-method=none", "--checkpoint=fast", "--no-password", "--no-sync",
            string.Create(CultureInfo.InvariantCulture, $"--label=LettaDr {operationId}"),
            .. parent is null ? (string[])[] : ["--incremental=" + parent],
            .. compression is null ? (string[])[] : ["--compress=" + compression],
        ];
        try
        {
            await programs.RunAsync("pg_basebackup", arguments, null, output, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException failure) when (failure.Id == "ProgramFailed" && BaseBackupFaults.Translate(failure) is { } known)
        {
            throw known;
        }
        finally
        {
            if (parent is not null)
            {
                await programs.Host.UnstageAsync(parent).ConfigureAwait(false);
            }
        }
    }

    private async Task<string?> StageParentAsync(CancellationToken cancellationToken)
    {
        if (openParent is null)
        {
            return null;
        }

        using var manifest = openParent();
        return await programs.StageAsync(manifest, cancellationToken).ConfigureAwait(false);
    }
}
