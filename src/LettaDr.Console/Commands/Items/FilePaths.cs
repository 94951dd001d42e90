using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Text;

namespace LettaDr.Console.Commands;

/// <summary>From the paths that users give to files, and the errors on that way.</summary>
internal static class FilePaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>Full paths of the files that a path names.</summary>
    /// <exception cref="PipelineStoppedException">Not a path in the file system; the error has been thrown.</exception>
    public static IReadOnlyList<string> ForReading(PSCmdlet command, string path, bool literal)
    {
        ProviderInfo provider;
        if (literal)
        {
            string file = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
            return provider.Name == FileSystem ? [file] : throw NotAFile(command, path);
        }

        Collection<string> files = command.GetResolvedProviderPathFromPSPath(path, out provider);
        return provider.Name == FileSystem ? files : throw NotAFile(command, path);
    }

    /// <summary>Full path of the one file that a path names; it need not exist.</summary>
    public static string ForWriting(PSCmdlet command, string path, bool literal)
    {
        if (!literal && WildcardPattern.ContainsWildcardCharacters(path))
        {
            try
            {
                if (command.GetResolvedProviderPathFromPSPath(path, out _) is [var single])
                {
                    return single;
                }
            }
            catch (ItemNotFoundException)
            {
                // Then the name is meant as it stands.
            }
        }

        string file = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == FileSystem ? file : throw NotAFile(command, path);
    }

    /// <summary>Opens a file for writing; what prevents it ends the command with a clear error.</summary>
    public static StreamWriter OpenWriter(
        PSCmdlet command, string path, Encoding encoding, bool append, bool noClobber, bool force)
    {
        try
        {
            if (force && File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
            {
                File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
            }

            FileMode mode = append ? FileMode.Append : noClobber ? FileMode.CreateNew : FileMode.Create;
            return new StreamWriter(new FileStream(path, mode, FileAccess.Write, FileShare.Read), encoding);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bool exists = noClobber && File.Exists(path);
            command.ThrowTerminatingError(new ErrorRecord(
                exists ? new IOException($"The file '{path}' already exists.", e) : e,
                exists ? "NoClobber" : "FileOpenFailure",
                exists ? ErrorCategory.ResourceExists : ErrorCategory.OpenError,
                path));
            throw;
        }
    }

    /// <summary>Whether an exception is about an item, and no reason to give up the others.</summary>
    public static bool IsOfItem(Exception e) => e is not PipelineStoppedException
        && e is RuntimeException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>Turns an exception of the engine's providers into an error that does not end the command.</summary>
    public static ErrorRecord ErrorOf(Exception exception, string path) =>
        exception is IContainsErrorRecord { ErrorRecord: { } record }
        ? new ErrorRecord(record, exception)
        : new ErrorRecord(exception, exception.GetType().Name, ErrorCategory.NotSpecified, path);

    private static PipelineStoppedException NotAFile(PSCmdlet command, string path)
    {
        command.ThrowTerminatingError(new ErrorRecord(
            new PSNotSupportedException($"'{path}' is not in the file system."),
            "ReadWriteFileNotFileSystemProvider",
            ErrorCategory.InvalidArgument,
            path));
        return new PipelineStoppedException();
    }
}
