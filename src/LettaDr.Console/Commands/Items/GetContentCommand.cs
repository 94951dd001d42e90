using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Provider;
using System.Text;

namespace LettaDr.Console.Commands;

/// <summary>Get-Content: reads the lines of a file, or what another item holds.</summary>
[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = PathSet)]
public sealed class GetContentCommand : ItemCommand
{
    /// <summary>How many lines from the beginning; -1 for all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("First", "Head")]
    [ValidateRange(-1, long.MaxValue)]
    public long TotalCount { get; set; } = -1;

    /// <summary>How many lines from the end; -1 for all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Last")]
    [ValidateRange(-1, int.MaxValue)]
    public int Tail { get; set; } = -1;

    /// <summary>Gives the whole file as one text.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>Gives bytes; with -Raw, all in one array.</summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <summary>Encoding; UTF-8 unless the file says otherwise.</summary>
    [Parameter]
    [EncodingName]
    public Encoding Encoding { get; set; } = EncodingNameAttribute.Default;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachPath(path =>
    {
        SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (provider.Name != "FileSystem")
        {
            ReadItem(path);
            return;
        }

        foreach (string file in FilePaths.ForReading(this, path, IsLiteral))
        {
            if (Directory.Exists(file))
            {
                throw new UnauthorizedAccessException($"Access to the path '{file}' is denied: it is a folder.");
            }

            ReadFile(file);
        }
    });

    private void ReadFile(string file)
    {
        if (!File.Exists(file))
        {
            throw new ItemNotFoundException($"Cannot find path '{file}' because it does not exist.");
        }

        if (AsByteStream)
        {
            byte[] bytes = File.ReadAllBytes(file);
            WriteObject(bytes, enumerateCollection: !Raw);
        }
        else if (Raw)
        {
            WriteObject(File.ReadAllText(file, Encoding));
        }
        else
        {
            Write(File.ReadLines(file, Encoding));
        }
    }

    private void ReadItem(string path)
    {
        foreach (IContentReader reader in InvokeProvider.Content.GetReader([path], force: false, IsLiteral))
        {
            using (reader)
            {
                var values = new List<object?>();
                for (IList read = reader.Read(0); read is { Count: > 0 }; read = reader.Read(0))
                {
                    values.AddRange(read.Cast<object?>());
                }

                Write(values);
            }
        }
    }

    private void Write(IEnumerable<object?> lines)
    {
        IEnumerable<object?> wanted = Tail >= 0 ? lines.TakeLast(Tail) : lines;
        long left = TotalCount;
        foreach (object? line in wanted)
        {
            if (TotalCount >= 0 && left-- == 0)
            {
                return;
            }

            WriteObject(line);
        }
    }
}
