using System.Management.Automation;

namespace LettaDr.Module.Tests;

/// <summary>The module's cmdlets as PowerShell has them.</summary>
internal static class CmdletFacts
{
    private static readonly Lazy<IReadOnlyList<CmdletInfo>> Loaded = new(Load);

    internal static IReadOnlyList<CmdletInfo> All => Loaded.Value;

    public static TheoryData<string> Names => [.. All.Select(cmdlet => cmdlet.Name)];

    internal static CmdletInfo Of(string name) => All.Single(cmdlet => cmdlet.Name == name);

    internal static CmdletAttribute AttributeOf(CmdletInfo cmdlet) =>
        (CmdletAttribute)Attribute.GetCustomAttribute(cmdlet.ImplementingType, typeof(CmdletAttribute))!;


    private static IReadOnlyList<CmdletInfo> Load()
    {
        using var shell = new Shell();
        return [.. shell.Run("Get-Command -Module LettaDr").Clean().Output.Select(item => (CmdletInfo)item.BaseObject)];
    }
}
