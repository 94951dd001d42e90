using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>
/// <para type="synopsis">Finds Letta deployments: database, cache, server, containers, and where each fact came from.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "LettaDeployment", DefaultParameterSetName = "Path")]
[OutputType(typeof(LettaDeployment))]
public sealed class GetLettaDeploymentCommand : AsyncCmdlet
{
    /// <summary>Compose files, or folders that hold one. Without any parameter: all that runs, else the current folder, else the environment.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    [Alias("FullName", "LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>A PostgreSQL URI in any form that LETTA_PG_URI takes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Uri")]
    [ValidateNotNullOrEmpty]
    public string[]? Uri { get; set; }

    /// <summary>Compose projects that run.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Project")]
    [ArgumentCompleter(typeof(ComposeProjectCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Project { get; set; }

    /// <summary>Containers that run, by name or identifier; of the database, of the server, or of any other member.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Container")]
    [ValidateNotNullOrEmpty]
    public string[]? Container { get; set; }

    /// <summary>Takes the variables LETTA_PG_URI or LETTA_PG_*, LETTA_REDIS_HOST, LETTA_REDIS_PORT, LETTA_BASE_URL, LETTA_SERVER_PASSWORD.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Environment")]
    public SwitchParameter Environment { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var discovery = new DeploymentDiscovery(SessionState.Path.CurrentFileSystemLocation.ProviderPath);
        Func<string, Task<LettaDeployment>> find = ParameterSetName switch
        {
            "Uri" => uri => discovery.FromUriAsync(uri, cancellationToken),
            "Project" => name => discovery.FromProjectAsync(name, cancellationToken),
            "Container" => name => discovery.FromContainerAsync(name, cancellationToken),
            "Environment" => _ => discovery.FromEnvironmentAsync(cancellationToken),
            _ => path => discovery.FromPathAsync(SessionState.Path.GetUnresolvedProviderPathFromPSPath(path), cancellationToken),
        };
        if ((Path ?? Uri ?? Project ?? Container ?? (Environment ? ["environment"] : null)) is not { } wanted)
        {
            await FindAllAsync(discovery, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var text in wanted)
        {
            try
            {
                WriteObject(await find(text).ConfigureAwait(false));
            }
            catch (LettaDrException fault)
            {
                WriteFault(fault, PostgresUri.Redact(text));
            }
            catch (SessionStateException exception)
            {
                // A drive or provider that is not there: PowerShell's own words for it.
                WriteError(exception.ErrorRecord);
            }
        }
    }

    private async Task FindAllAsync(DeploymentDiscovery discovery, CancellationToken cancellationToken)
    {
        var faults = 0;
        var found = await discovery.FindAsync(
            fault =>
            {
                faults++;
                WriteFault(fault);
            },
            cancellationToken).ConfigureAwait(false);
        WriteObject(found, enumerateCollection: true);
        if (found.Count == 0 && faults == 0)
        {
            WriteWarning("No running container belongs to Letta, the current folder holds no Compose file, and the environment names no Letta database.");
        }
    }
}
