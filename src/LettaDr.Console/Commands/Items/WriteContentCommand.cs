using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Provider;
using System.Text;

namespace LettaDr.Console.Commands;

/// <summary>What Set-Content and Add-Content have in common.</summary>
public abstract class WriteContentCommand : PSCmdlet, IDisposable
{
    private readonly List<StreamWriter> _files = [];

    private readonly List<IContentWriter> _items = [];

    /// <summary>The files or other items.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path", ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>The files or other items, their paths without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>What to write, a line for each.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? Value { get; set; }

    /// <summary>Writes to a read-only file too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Sends what was written on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Puts nothing between the values.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>Encoding; UTF-8 without a byte order mark by default.</summary>
    [Parameter]
    [EncodingName]
    public Encoding Encoding { get; set; } = EncodingNameAttribute.Default;

    /// <summary>Takes the values as bytes.</summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <summary>Whether to add to what is there.</summary>
    private protected abstract bool Appends { get; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        bool literal = LiteralPath.Length > 0;
        foreach (string path in literal ? LiteralPath : Path)
        {
            SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (provider.Name == "FileSystem")
            {
                string file = FilePaths.ForWriting(this, path, literal);
                if (ShouldProcess($"Path: {file}", Appends ? "Add Content" : "Set Content"))
                {
                    _files.Add(FilePaths.OpenWriter(this, file, Encoding, Appends, noClobber: false, Force));
                }
            }
            else if (ShouldProcess(path))
            {
                _items.AddRange(InvokeProvider.Content.GetWriter([path], Force, literal));
            }
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object?[] values = Value ?? [];
        foreach (StreamWriter file in _files)
        {
            foreach (object? value in values)
            {
                Write(file, value);
            }
        }

        foreach (IContentWriter item in _items)
        {
            item.Write(new ArrayList(values));
        }

        if (PassThru)
        {
            WriteObject(values, enumerateCollection: true);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        _files.ForEach(file => file.Dispose());
        _files.Clear();
        foreach (IContentWriter item in _items)
        {
            item.Close();
            item.Dispose();
        }

        _items.Clear();
        GC.SuppressFinalize(this);
    }

    private void Write(StreamWriter file, object? value)
    {
        if (AsByteStream)
        {
            foreach (byte octet in LanguagePrimitives.ConvertTo<byte[]>(value))
            {
                file.BaseStream.WriteByte(octet);
            }

            return;
        }

        foreach (object? item in LanguagePrimitives.GetEnumerable(value)?.Cast<object?>() ?? [value])
        {
            string text = LanguagePrimitives.ConvertTo<string>(item) ?? string.Empty;
            if (NoNewline)
            {
                file.Write(text);
            }
            else
            {
                file.WriteLine(text);
            }
        }
    }
}
