using System.Management.Automation;
using System.Text;

namespace LettaDr.Console.Commands;

/// <summary>Lets an encoding be given by the names that PowerShell has for them, or by any that .NET knows.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class EncodingNameAttribute : ArgumentTransformationAttribute
{
    /// <summary>UTF-8 without a byte order mark.</summary>
    public static Encoding Default { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is not string name)
        {
            return value;
        }

        try
        {
            return name.ToUpperInvariant() switch
            {
                "UTF8" or "UTF8NOBOM" or "DEFAULT" or "OEM" or "ANSI" => Default,
                "UTF8BOM" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
                "ASCII" => Encoding.ASCII,
                "UNICODE" or "STRING" or "UNKNOWN" => Encoding.Unicode,
                "BIGENDIANUNICODE" => Encoding.BigEndianUnicode,
                "UTF32" => Encoding.UTF32,
                "BIGENDIANUTF32" => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
                "LATIN1" => Encoding.Latin1,
                _ => Encoding.GetEncoding(name),
            };
        }
        catch (ArgumentException e)
        {
            throw new ArgumentTransformationMetadataException(
                $"'{name}' is no encoding; utf8, utf8BOM, ascii, unicode, utf32 and latin1 are.", e);
        }
    }
}
