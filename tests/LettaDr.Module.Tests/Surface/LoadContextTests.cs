using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace LettaDr.Module.Tests;

public sealed class LoadContextTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("[LettaDr.Backup]")]
    [InlineData("[LettaDr.Outcome]")]
    [InlineData("[LettaDr.LettaDrException]")]
    [InlineData("[LettaDr.Cmdlets.BackupTestLevel]")]
    public void A_script_can_name_the_types(string type) => Assert.Equal(type, $"[{_shell.Run($"{type}.FullName").Value()}]");

    [Fact]
    public void The_vocabulary_is_of_the_default_context_and_the_cmdlets_are_of_their_own()
    {
        var expected = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64 ? ModuleFiles.AheadAssemblies : ModuleFiles.Assemblies;
        Assert.Equal(expected, Path.GetDirectoryName((string)_shell.Run("[LettaDr.Backup].Assembly.Location").Value()));
        Assert.Contains(AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name == "LettaDr");
        Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name is "LettaDr.Cmdlets" or "LettaDr.Systems");
        Assert.Single(Own.Assemblies, assembly => assembly.GetName().Name == "LettaDr.Cmdlets");
        Assert.DoesNotContain(Own.Assemblies, assembly => assembly.GetName().Name == "LettaDr");
    }

    [Fact]
    public void Packages_are_loaded_apart_from_the_rest_of_the_process()
    {
        // One refused connection loads Npgsql, one look at the engine Docker.DotNet, one compose file YamlDotNet.
        File.WriteAllText(Path.Combine(_shell.Folder, "compose.yaml"), "services: {letta_db: {image: 'pgvector/pgvector:pg17'}}");
        _shell.Run("Test-LettaDeployment 'postgresql://letta:x@127.0.0.1:1/letta'; Get-LettaDeployment ./compose.yaml; Get-LettaDeployment -Project none-such");

        foreach (var package in new[] { "Npgsql", "Docker.DotNet", "YamlDotNet" })
        {
            Assert.Contains(Own.Assemblies, assembly => assembly.GetName().Name == package);
            Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name == package);
        }
    }

    [Fact]
    public void No_type_of_a_package_is_part_of_what_a_user_can_receive()
    {
        var types = AssemblyLoadContext.Default.Assemblies.Single(assembly => assembly.GetName().Name == "LettaDr").GetExportedTypes();
        var members = types.SelectMany(type => type.GetProperties()).Select(property => property.PropertyType.Assembly.GetName().Name!);

        Assert.All(members, name => Assert.True(name == "LettaDr" || name.StartsWith("System.", StringComparison.Ordinal), name));
    }

    [Fact]
    public void What_is_compiled_ahead_is_the_same_as_what_runs_anywhere()
    {
        // What .NET 10 has of its own is left out; the engine is PowerShell's, in both.
        string[] Missing(string from, string of) => [.. Names(of).Except(Names(from))];
        Assert.Empty(Missing(from: ModuleFiles.Assemblies, of: ModuleFiles.AheadAssemblies));
        Assert.All(Missing(from: ModuleFiles.AheadAssemblies, of: ModuleFiles.Assemblies), name => Assert.Matches(@"^(System|Microsoft\.Bcl)\.", name));
        foreach (var name in new[] { "LettaDr", "LettaDr.Systems", "LettaDr.Cmdlets", "Npgsql", "ZstdSharp" })
        {
            Assert.False(IsCompiled(ModuleFiles.Assemblies, name), name);
            Assert.True(IsCompiled(ModuleFiles.AheadAssemblies, name), name);
        }
    }

    private static IEnumerable<string> Names(string folder) => Directory.EnumerateFiles(folder, "*.dll").Select(path => Path.GetFileName(path));

    private static bool IsCompiled(string folder, string name)
    {
        using var reader = new PEReader(File.OpenRead(Path.Combine(folder, name + ".dll")));
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }

    private static AssemblyLoadContext Own => AssemblyLoadContext.All.Single(context => context.Name == "LettaDr");
}
