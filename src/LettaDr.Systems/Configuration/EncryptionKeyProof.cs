using System.Diagnostics;

namespace LettaDr.Systems;

/// <summary>Proves that the LETTA_ENCRYPTION_KEY among restored files is the one that the database's credentials are encrypted with.</summary>
internal static class EncryptionKeyProof
{
    /// <param name="backup">The set.</param>
    /// <param name="evidence">What the set has to prove the key; null when there was no key.</param>
    /// <param name="files">The restored files' contents.</param>
    public static CheckResult Check(Backup backup, EncryptionKeyEvidence? evidence, IEnumerable<byte[]> files)
    {
        var clock = Stopwatch.StartNew();
        if (evidence is null)
        {
            return Result(Outcome.NotRun, $"The deployment had no {LettaEncryption.KeyName}, and its database no encrypted credential.", null);
        }

        var keys = files.Select(FileProtecting.TextOf).OfType<string>().SelectMany(Keys).Where(key => key != KnownSecrets.Blanked).Distinct(StringComparer.Ordinal).ToList();
        if (keys.Count == 0)
        {
            return Result(Outcome.NotRun, $"No {LettaEncryption.KeyName} is among what was restored.", "Put it back from where it is kept before Letta starts.");
        }

        if (evidence.Canary is { Value.Length: 0 } closed)
        {
            return evidence.Fingerprint is { } own && keys.TrueForAll(key => KeyFingerprint.Matches(own, key))
                ? Result(Outcome.Failed, $"The key is the one that the deployment had, but it did not decrypt {closed} when the set was made.", Remedy)
                : Result(Outcome.NotRun, $"The set has nothing to prove the key by: no key that the deployment had decrypted {closed}.", Remedy);
        }

        if (keys.Count > 1)
        {
            var fitting = keys.Count(key => evidence.Canary is { } sample
                ? LettaEncryption.Decrypt(sample.Value, key) is not null
                : evidence.Fingerprint is { } known && KeyFingerprint.Matches(known, key));
            if (fitting > 0 && fitting < keys.Count)
            {
                return Result(
                    Outcome.Failed, $"The files hold {keys.Count} different keys, of which {fitting} fits.",
                    $"See that the files which Letta is started with have the {LettaEncryption.KeyName} that its server had; the server's own environment is below {ConfigurationPaths.Containers}.");
            }
        }

        var byCanary = evidence.Canary is { } canary ? keys.Exists(key => LettaEncryption.Decrypt(canary.Value, key) is not null) : (bool?)null;
        var byFingerprint = evidence.Fingerprint is { } fingerprint ? keys.Exists(key => KeyFingerprint.Matches(fingerprint, key)) : (bool?)null;
        return (byCanary, byFingerprint) switch
        {
            (true, _) => Result(Outcome.Passed, $"The key decrypts {evidence.Canary}.", null),
            (false, true) => Result(Outcome.Failed, $"The key is the one that the deployment had, but it does not decrypt {evidence.Canary}.", Remedy),
            (false, _) => Result(Outcome.Failed, $"The key does not decrypt {evidence.Canary}.", Remedy),
            (null, true) => Result(Outcome.Passed, "The key has the fingerprint of the one that the deployment had; there was no credential to decrypt.", null),
            _ => Result(Outcome.Failed, "The key does not have the fingerprint of the one that the deployment had.", Remedy),
        };

        CheckResult Result(Outcome outcome, string what, string? remedy) => new()
        {
            Name = "EncryptionKeyProven", Target = backup.Id, Outcome = outcome, Evidence = what, Remedy = remedy, Duration = clock.Elapsed,
        };
    }

    private const string Remedy = $"Find the {LettaEncryption.KeyName} that Letta had when it stored its credentials; without it they must be entered anew.";

    private static IEnumerable<string> Keys(string text)
    {
        foreach (var found in SecretScanner.ValuesOf(text, LettaEncryption.KeyName))
        {
            yield return found;
        }

        SourcedText? value;
        try
        {
            value = DotEnvFile.Parse(text, "file", _ => null).GetValueOrDefault(LettaEncryption.KeyName);
        }
        catch (LettaDrException)
        {
            // Not a file of variables.
            yield break;
        }

        if (value is { Value.Length: > 0 })
        {
            yield return value.Value;
        }
    }
}
