using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>
/// <para type="synopsis">Removes throw-away Letta deployments with everything in them, and nothing else.</para>
/// </summary>
[Cmdlet(VerbsCommon.Remove, "LettaSandbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = "Name")]
public sealed class RemoveLettaSandboxCommand : AsyncCmdlet
{
    private DockerEngine? _engine;

    /// <summary>Names of the sandboxes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Name")]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Removes every sandbox of this machine's Docker, also those of which only a part is left.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken) =>
        _engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var inventory = new SandboxInventory(_engine!);
        var existing = await inventory.NamesAsync(cancellationToken).ConfigureAwait(false);
        IEnumerable<string> wanted = ParameterSetName == "Name" ? Name.Distinct(StringComparer.Ordinal) : All ? existing : [];
        var observer = new CmdletObserver(WriteProgress, WriteVerbose, WriteWarning);
        foreach (var name in wanted)
        {
            try
            {
                if (!existing.Contains(name, StringComparer.Ordinal))
                {
                    throw SandboxInventory.NotFound(name);
                }

                if (await ShouldProcessAsync(
                    $"Remove sandbox {name}: its containers, their volumes with all data, and its network.",
                    $"All data of sandbox {name} will be lost. Remove it?",
                    "Remove a throw-away Letta deployment",
                    cancellationToken).ConfigureAwait(false))
                {
                    await inventory.RemoveAsync(name, observer, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (LettaDrException fault)
            {
                WriteFault(fault, name);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _engine?.Dispose();
        }

        base.Dispose(disposing);
    }
}
