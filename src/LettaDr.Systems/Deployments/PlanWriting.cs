using System.Text;

namespace LettaDr.Systems;

/// <summary>Writes a plan file for a deployment that was found.</summary>
/// <param name="path">The file; a full path.</param>
internal sealed class PlanWriting(string path)
{
    /// <summary>The name of the file that plans are read from where nothing else is said.</summary>
    public const string FileName = "letta-dr.yaml";

    private const string SchemaFile = "letta-dr.schema.json";
    private const string UriVariable = "env:LETTA_PG_URI";
    private readonly string _folder = Path.GetDirectoryName(path)!;

    /// <summary>Refuses what could not be written, before anything else is done.</summary>
    /// <exception cref="LettaDrException">There is such a file and it is to stay, or no such folder.</exception>
    public void Check(bool force)
    {
        if (!Directory.Exists(_folder))
        {
            throw new LettaDrException("FolderNotFound", FaultKind.NotFound, $"There is no folder {_folder}.", "Make it, or give another -Path.", _folder);
        }

        if (!force && Path.Exists(path))
        {
            throw Exists();
        }
    }

    /// <summary>The deployment as the plan names it, so that it is found again; and whether a password had to be left out.</summary>
    public (string Text, bool LeftPasswordOut) Name(DeploymentReference given, LettaDeployment found)
    {
        if (given.Text is { } text && SecretLocation.Parse(text) is { } location)
        {
            return (location.ToString(), false);
        }

        if (given.Text is { } uri && uri.Contains("://", StringComparison.Ordinal))
        {
            return PostgresUri.Parse(uri).Password is null ? (uri.Trim(), false) : (UriVariable, true);
        }

        if (found.Compose is { Files: [var file], EnvironmentFiles: [] })
        {
            return (Relative(file), false);
        }

        if (found.Containers.Any(container => container.Project == found.Name))
        {
            return (found.Name, false);
        }

        var database = found.Database;
        return database.Container is { } container ? (container.Name, false)
            : database.Password is not null ? (UriVariable, true)
            : ($"postgresql://{Uri.EscapeDataString(database.UserName)}@{database.Host}:{database.Port}/{Uri.EscapeDataString(database.Database)}", false);
    }

    /// <summary>The plan's text and the plan itself, before anything is written.</summary>
    public (string Text, DrPlan Plan) Draft(string name, string deployment, LettaDeployment found, string repository, bool schema)
    {
        var text = DrPlanText.Write(name, deployment, $"{found.Database}", Relative(repository), schema ? SchemaFile : null);
        var reading = PlanReading.Of(text, path);
        return reading.Plan is { } plan ? (text, plan) : throw new LettaDrException(
            "PlanInvalid", FaultKind.InvalidArgument, reading.Problems[0].Located(path), reading.Problems[0].Remedy, path);
    }

    /// <summary>Writes the plan whole or not at all, and beside it the schema, if editors are to have it.</summary>
    public void Write(string text, bool schema, bool force)
    {
        try
        {
            if (schema)
            {
                DurableFiles.WriteAtomically(Path.Combine(_folder, SchemaFile), Encoding.UTF8.GetBytes(PlanSchema.Text()));
            }

            DurableFiles.WriteAtomically(path, Encoding.UTF8.GetBytes(text), overwrite: force);
        }
        catch (IOException) when (!force && Path.Exists(path))
        {
            throw Exists();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LettaDrException(
                "PlanNotWritten", FaultKind.PermissionDenied, $"The plan file {path} cannot be written: {exception.Message}",
                "Give a -Path in a folder that you may write to.", path, exception);
        }
    }

    /// <summary>A path below the plan's folder, relative to it; any other as it is.</summary>
    private string Relative(string full)
    {
        var relative = Path.GetRelativePath(_folder, full).Replace('\\', '/');
        return relative == "." || relative.StartsWith("../", StringComparison.Ordinal) || relative == ".." || Path.IsPathRooted(relative)
            ? (relative == "." ? relative : full)
            : "./" + relative;
    }

    private LettaDrException Exists() => new(
        "PlanExists", FaultKind.AlreadyExists, $"There is a file {path} already.", "Give another -Path, or replace it with -Force.", path);
}
