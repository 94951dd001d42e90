using System.Reflection;
using System.Runtime.Loader;

namespace LettaDr;

/// <summary>
/// Loads the cmdlets, and every package that they stand on, apart from the rest of the process, so that another module's version
/// of the same package does no harm. LettaDr.dll itself stays in the default context, so that scripts can name its types.
/// </summary>
public sealed class LettaDrLoadContext : AssemblyLoadContext
{
    private static readonly object Gate = new();
    private static Assembly? cmdlets;

    private readonly AssemblyDependencyResolver _resolver;
    private readonly string _folder;

    private LettaDrLoadContext(string cmdletsPath)
        : base("LettaDr")
    {
        _resolver = new AssemblyDependencyResolver(cmdletsPath);
        _folder = Path.GetDirectoryName(cmdletsPath)!;
    }

    /// <summary>The assembly of the cmdlets that stands beside this one; loaded once a process.</summary>
    public static Assembly LoadCmdlets()
    {
        lock (Gate)
        {
            if (cmdlets is null)
            {
                var path = Path.Combine(Path.GetDirectoryName(typeof(LettaDrLoadContext).Assembly.Location)!, "LettaDr.Cmdlets.dll");
                cmdlets = new LettaDrLoadContext(path).LoadFromAssemblyPath(path);
            }

            return cmdlets;
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == typeof(LettaDrLoadContext).Assembly.GetName().Name)
        {
            return typeof(LettaDrLoadContext).Assembly;
        }

        var path = _resolver.ResolveAssemblyToPath(assemblyName) ?? Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
