using System.Management.Automation;
using System.Security.Cryptography;

namespace LettaDr.Console.Commands;

/// <summary>Get-FileHash: computes the hash of files.</summary>
[Cmdlet(VerbsCommon.Get, "FileHash", DefaultParameterSetName = PathSet)]
public sealed class GetFileHashCommand : ItemCommand
{
    /// <summary>Which hash.</summary>
    [Parameter(Position = 1)]
    [ValidateSet("SHA1", "SHA256", "SHA384", "SHA512", "MD5")]
    public string Algorithm { get; set; } = "SHA256";

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachPath(path =>
    {
        foreach (string file in FilePaths.ForReading(this, path, IsLiteral).Where(file => !Directory.Exists(file)))
        {
            using FileStream stream = File.OpenRead(file);
            string algorithm = Algorithm.ToUpperInvariant();
            byte[] hash = CryptographicOperations.HashData(new HashAlgorithmName(algorithm), stream);
            var result = new FileHash(algorithm, Convert.ToHexString(hash), file);
            WriteObject(EngineViews.As(result, "Microsoft.PowerShell.Commands.FileHashInfo"));
        }
    });
}
