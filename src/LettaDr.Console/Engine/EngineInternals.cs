using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace LettaDr.Console;

/// <summary>
/// The few things that pwsh's own host and modules reach in the engine as its friends, and no public door leads to. The
/// engine ships with this executable, so they cannot change beneath it; a test reaches each of them.
/// </summary>
internal static class EngineInternals
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    private const string Formats = "Microsoft.PowerShell.Commands.Internal.Format.";

    private static readonly Assembly Engine = typeof(PSObject).Assembly;

    /// <summary>
    /// Lets <c>exit</c> in the script run next end the process with its code, not only the script: the meaning of -File.
    /// </summary>
    public static void RethrowExitOfNextScript(Runspace runspace)
    {
        object context = typeof(Runspace).GetProperty("ExecutionContext", Hidden | BindingFlags.Public)!.GetValue(runspace)!;
        context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Hidden)!.SetValue(context, true);
    }

    /// <summary>Says of which module a command is, so that it is found by the module's name and not listed twice.</summary>
    public static void SetModule(SessionStateCmdletEntry entry, string moduleName)
    {
        object module = typeof(PSModuleInfo).GetConstructors(Hidden)
            .First(made => made.GetParameters().Length == 4).Invoke([moduleName, string.Empty, null, null]);
        typeof(SessionStateCommandEntry).GetMethod("SetModule", Hidden)!.Invoke(entry, [module]);
    }

    /// <summary>Gives a formatting command its implementation.</summary>
    /// <param name="command">The command: one of the engine's formatting base classes.</param>
    /// <param name="shape">Table, List, Wide or Complex.</param>
    public static void SetFormatShape(Cmdlet command, string shape)
    {
        object value = Enum.Parse(Engine.GetType(Formats + "FormatShape", throwOnError: true)!, shape);
        SetImplementation(command, New("InnerFormatShapeCommand", value));
    }

    /// <summary>Lets an output command write formatted lines to a writer.</summary>
    /// <param name="command">The command: derived from the engine's output base class.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="columns">Width to format for.</param>
    public static void SetLineWriter(Cmdlet command, TextWriter writer, int columns)
    {
        object manager = New("OutputManagerInner");
        manager.GetType().GetProperty("LineOutput", Hidden | BindingFlags.Public)!
            .SetValue(manager, New("TextWriterLineOutput", writer, columns));
        SetImplementation(command, manager);
    }

    /// <summary>The exception by which a command that has enough ends those before it in the pipeline, and only those.</summary>
    /// <param name="command">The command that has enough.</param>
    public static Exception StopUpstream(Cmdlet command) => (Exception)Activator.CreateInstance(
        Engine.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!,
        Hidden | BindingFlags.Public,
        null,
        [command],
        null)!;

    private static object New(string type, params object[] arguments) => Activator.CreateInstance(
        Engine.GetType(Formats + type, throwOnError: true)!, Hidden | BindingFlags.Public, null, arguments, null)!;

    private static void SetImplementation(Cmdlet command, object implementation) =>
        Engine.GetType(Formats + "FrontEndCommandBase", throwOnError: true)!
            .GetField("implementation", Hidden)!.SetValue(command, implementation);
}
