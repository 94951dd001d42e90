using System.Text;

namespace LettaDr.Module.Tests;

/// <summary>The cmdlets of configuration as a user meets them.</summary>
[Collection(SmallSandboxCollection.Name)]
public sealed class ConfigurationCmdletTests : IDisposable
{
    private const string Words = "$words = [securestring]::new(); foreach ($c in 'open sesame of the test'.ToCharArray()) { $words.AppendChar($c) }";
    private readonly SmallSandbox _sandbox;
    private readonly TemporaryFolder _folder = new();
    private readonly Shell _shell = new();

    public ConfigurationCmdletTests(SmallSandbox sandbox)
    {
        _sandbox = sandbox;
        _shell.With("repository", Path.Combine(_folder, "repository")).With("deployment", sandbox.Deployment).With("folder", Path.Combine(_folder, "restored"));
        _shell.Run($"$null = $ExecutionContext.SessionState.Path.SetLocation('{_folder}'); {Words}").Clean();
    }

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_set_goes_through_the_pipeline_and_back()
    {
        var set = _shell.Run("$set = $deployment | Backup-LettaConfiguration -Repository $repository -Passphrase $words -Label mine; $set").Clean().Single();
        Assert.Equal("mine", (string)set.Label);
        Assert.Contains("Configuration", (string)set.Parts.ToString(), StringComparison.Ordinal);

        var plan = _shell.Run("$set | Restore-LettaConfiguration -Destination $folder -Passphrase $words -WhatIf");
        Assert.False(Directory.Exists(Path.Combine(_folder, "restored")));
        Assert.Contains("environment.env", plan.Text, StringComparison.Ordinal);

        var done = _shell.Run("Restore-LettaConfiguration latest restored -Repository $repository -Passphrase $words").Clean().Single();
        Assert.Equal(((IEnumerable<object>)set.Manifest.Configuration.Files).Count(), (int)done.Written);
        Assert.Contains(_sandbox.Password, string.Concat(
            Directory.EnumerateFiles(Path.Combine(_folder, "restored"), "environment.env", SearchOption.AllDirectories).Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_given_by_file_encrypts_and_its_pfx_opens()
    {
        _shell.Run("""
            $key = [System.Security.Cryptography.RSA]::Create(2048)
            $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=Operator of the test', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
            $request.CertificateExtensions.Add([System.Security.Cryptography.X509Certificates.X509KeyUsageExtension]::new('KeyEncipherment', $true))
            $certificate = $request.CreateSelfSigned([datetimeoffset]::UtcNow.AddDays(-1), [datetimeoffset]::UtcNow.AddDays(30))
            [System.IO.File]::WriteAllBytes("$pwd/operator.cer", $certificate.RawData)
            [System.IO.File]::WriteAllBytes("$pwd/operator.pfx", $certificate.Export('Pfx'))
            $set = Backup-LettaConfiguration $deployment $repository -To operator.cer
            """).Clean();
        Assert.StartsWith("PrivateKeyNotFound,", Assert.Single(_shell.Run("Restore-LettaConfiguration $set $folder -Certificate operator.cer").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.True((int)_shell.Run("Restore-LettaConfiguration $set $folder -Certificate operator.pfx").Clean().Single().Written > 0);
        Assert.Equal(0, (int)_shell.Run("Restore-LettaConfiguration $set $folder -Certificate $certificate").Clean().Single().Written);
    }

    [Fact]
    public void A_set_without_a_database_is_proven_and_Quiet_counts_what_was_asked_for()
    {
        _shell.Run("$set = Backup-LettaConfiguration $deployment $repository -Passphrase $words").Clean();
        Assert.True((bool)_shell.Run("$set | Test-LettaBackup -Level Restore -Quiet").Value());
        Assert.Null((object?)_shell.Run("Get-LettaBackup $repository").Single().ProvenAt);

        Assert.True((bool)_shell.Run("$set | Test-LettaBackup -Level Restore -Passphrase $words -Quiet").Value());
        Assert.Equal(["SecretsOpen", "EncryptionKeyProven"], (IEnumerable<string>)_shell.Run("Get-LettaBackup $repository").Single().LastProof.Proven);

        Assert.False((bool)_shell.Run("$other = [securestring]::new(); $other.AppendChar('x'); $set | Test-LettaBackup -Level Restore -Passphrase $other -Quiet").Value());
        Assert.Null((object?)_shell.Run("Get-LettaBackup $repository").Single().ProvenAt);
    }

    [Fact]
    public void No_stream_and_no_byte_of_the_set_shows_a_secret()
    {
        _shell.Screen.Answer = _ => 0;
        var seen = new StringBuilder();
        foreach (var script in new[]
        {
            "Backup-LettaConfiguration $deployment $repository -Passphrase $words -WhatIf",
            "$set = Backup-LettaConfiguration $deployment $repository -Passphrase $words -Verbose -Confirm; $set | Format-List -Property * -Force",
            "Backup-LettaConfiguration $deployment $repository -Verbose",
            "$set.Manifest.Configuration | Format-Custom -Property * -Depth 5; $set.Manifest.Configuration.Files; $set.Manifest.Configuration.Files | Format-List *",
            "$done = Restore-LettaConfiguration $set $folder -Passphrase $words -Verbose; $done; $done | Format-Custom -Property * -Depth 5; $done.Files | Format-List *",
            "Restore-LettaConfiguration $set $folder; $Error | Format-List -Property * -Force",
        })
        {
            seen.AppendLine(_shell.Show(script).Everything());
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(_folder, "repository"), "*", SearchOption.AllDirectories).Concat(LocalState.Journals()))
        {
            seen.AppendLine(Encoding.Latin1.GetString(File.ReadAllBytes(file)));
        }

        Assert.Contains("POSTGRES_PASSWORD", seen.ToString(), StringComparison.Ordinal);
        Assert.Contains("Read the configuration", seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_sandbox.Password, seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("open sesame of the test", seen.ToString(), StringComparison.Ordinal);
    }
}
