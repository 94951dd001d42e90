using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LettaDr.Systems;

/// <summary>Takes what pgBackRest tells on its console while it copies: how far it is, and the new backup's label.</summary>
internal sealed partial class PgBackRestLog(ProgressMeter meter) : WriteOnlyStream
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _line = new();
    private long _done;

    /// <summary>The label that it gave the backup; null until it has.</summary>
    public string? Label { get; private set; }

    /// <summary>Bytes of the files copied so far.</summary>
    public long Bytes => _done;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Span<char> characters = new char[Encoding.UTF8.GetMaxCharCount(buffer.Length)];
        foreach (var character in characters[.._decoder.GetChars(buffer, characters, flush: false)])
        {
            if (character != '\n')
            {
                _line.Append(character);
                continue;
            }

            Read(_line.ToString());
            _line.Clear();
        }
    }

    private void Read(string line)
    {
        if (LabelLine().Match(line) is { Success: true } label)
        {
            Label = label.Groups[1].Value;
        }
        else if (FileLine().Match(line) is { Success: true } file)
        {
            var unit = file.Groups[2].Value switch { "KB" => 1L << 10, "MB" => 1L << 20, "GB" => 1L << 30, "TB" => 1L << 40, _ => 1L };
            var bytes = (long)(double.Parse(file.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * unit);
            _done += bytes;
            meter.Add(bytes);
        }
    }

    [GeneratedRegex(@" new backup label = (\S+)")]
    private static partial Regex LabelLine();

    // backup file /var/lib/postgresql/data/base/5/1255 (bundle 1/8, 792KB, 12.31%) checksum …; restore file … (24KB, 0.1%) …
    [GeneratedRegex(@"(?:backup|restore) file .* \((?:[^()]*, )?(\d+(?:\.\d+)?)([KMGT]?B), \d+(?:\.\d+)?%\)")]
    private static partial Regex FileLine();
}
