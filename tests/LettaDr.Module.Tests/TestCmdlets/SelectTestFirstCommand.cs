using System.Management.Automation;
using System.Reflection;

namespace LettaDr.Module.Tests;

/// <summary>Passes the first object on and stops what is upstream, as <c>Select-Object -First 1</c> does, which the bare engine lacks.</summary>
[Cmdlet(VerbsCommon.Select, "TestFirst")]
public sealed class SelectTestFirstCommand : PSCmdlet
{
    /// <summary>What comes down the pipeline.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        WriteObject(InputObject);
        var stop = typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        throw (Exception)Activator.CreateInstance(stop, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, [this], null)!;
    }
}
