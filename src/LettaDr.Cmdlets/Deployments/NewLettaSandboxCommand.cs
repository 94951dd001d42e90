using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>
/// <para type="synopsis">Makes a throw-away Letta deployment in Docker: database with rows, cache and server.</para>
/// </summary>
[Cmdlet(VerbsCommon.New, "LettaSandbox", SupportsShouldProcess = true)]
[OutputType(typeof(LettaSandbox))]
public sealed class NewLettaSandboxCommand : AsyncCmdlet
{
    private readonly SandboxRequest _defaults = new();

    /// <summary>Its name, and its Compose project's: lower-case letters, digits, hyphens, underscores. Random when not given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>How many agents the database holds.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int Agents { get; set; } = 50;

    /// <summary>How many messages it holds, of about 1 KB each.</summary>
    [Parameter]
    [ValidateRange(0, 100_000_000)]
    public int Messages { get; set; } = 20_000;

    /// <summary>How many passages it holds, each with a vector of 4,096 dimensions (16 KB).</summary>
    [Parameter]
    [ValidateRange(0, 10_000_000)]
    public int Passages { get; set; } = 2_000;

    /// <summary>Image of the database: PostgreSQL 15 or later with pgvector.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string DatabaseImage { get; set; } = SandboxRequest.DefaultDatabaseImage;

    /// <summary>Image of the cache: Redis.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string CacheImage { get; set; } = SandboxRequest.DefaultCacheImage;

    /// <summary>Image of the Letta server, or of what stands in for it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ServerImage { get; set; } = SandboxRequest.DefaultServerImage;

    /// <summary>Memory limit of the database's container in bytes, e.g. 512MB; none when not given.</summary>
    [Parameter]
    [ValidateRange(64L << 20, long.MaxValue)]
    public long? MemoryLimit { get; set; }

    /// <summary>Size of the database's /dev/shm in bytes, e.g. 256MB; Docker's 64 MB when not given.</summary>
    [Parameter]
    [ValidateRange(1L << 20, long.MaxValue)]
    public long? SharedMemorySize { get; set; }

    /// <summary>Publishes the ports on 127.0.0.1, each as a free one; without it only the containers' own addresses answer.</summary>
    [Parameter]
    public SwitchParameter PublishPorts { get; set; }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        var request = _defaults with
        {
            Name = Name ?? _defaults.Name,
            Size = new LettaSeedSize { Agents = Agents, Messages = Messages, Passages = Passages },
            DatabaseImage = DatabaseImage,
            CacheImage = CacheImage,
            ServerImage = ServerImage,
            MemoryBytes = MemoryLimit,
            ShmSizeBytes = SharedMemorySize,
            PublishPorts = PublishPorts,
        };
        var content = $"{Agents} agents, {Messages} messages and {Passages} passages";
        if (!await ShouldProcessAsync(
            $"Create sandbox {request.Name}: a network, the containers {DatabaseImage} with {content}, {CacheImage} and {ServerImage}.",
            $"Create sandbox {request.Name} with {content}?",
            "Create a throw-away Letta deployment",
            cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var observer = new CmdletObserver(WriteProgress, WriteVerbose, WriteWarning);
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            WriteObject(await new SandboxStack(engine, observer).CreateAsync(request, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            observer.Complete();
        }
    }
}
