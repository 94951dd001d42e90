using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace LettaDr.Help.Hosting;

/// <summary>
/// The sample module in a folder of its own, with the help that the tool made of its pages, imported into the engine.
/// One for all tests, because an assembly is loaded once in a process, from wherever it was loaded first.
/// </summary>
public sealed class SampleModule : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lettadr-help-");
    private readonly Runspace runspace;
    private readonly CapturingHost host = new();

    public SampleModule()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Sample")))
        {
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        }

        var error = new StringWriter();
        Assert.Equal(0, Program.Run([Docs, Path.Combine(folder.FullName, "en-US")], TextWriter.Null, error));
        Assert.Empty(error.ToString());

        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Manifest]);
        state.ThrowOnRunspaceOpenError = true;
        runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
    }

    public static string Docs => Path.Combine(AppContext.BaseDirectory, "Sample", "docs");

    public string Manifest => Path.Combine(folder.FullName, "LettaDr.Help.Sample.psd1");

    /// <summary>What a user sees who types that.</summary>
    public string Show(string script)
    {
        var before = host.Text.Length;
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new WordWrappingCulture();
        try
        {
            using var shell = PowerShell.Create(runspace);
            shell.AddScript(script).AddCommand("Out-Default").Invoke();
            Assert.Empty(shell.Streams.Error);
            return host.Text[before..];
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>The objects that a script writes.</summary>
    public IReadOnlyList<PSObject> Invoke(string script)
    {
        using var shell = PowerShell.Create(runspace);
        return shell.AddScript(script).Invoke();
    }

    public void Dispose()
    {
        runspace.Dispose();
        folder.Delete(recursive: true);
    }
}
