using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LettaDr.Systems;

/// <summary>The identifiers, owners and times that letta-seed.sql gives to its rows, computed here for what refers to them.</summary>
internal static class SeedIdentity
{
    internal const string DefaultOrganization = LettaAgentReader.DefaultOrganization;
    internal const string DefaultUser = "user-00000000-0000-4000-8000-000000000000";

    private static readonly DateTime Start = new(2026, 1, 1, 6, 0, 0, DateTimeKind.Utc);

    /// <summary><c>pg_temp.id</c></summary>
    internal static string Id(int seed, string kind, long number)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}:{kind}:{number}")), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x40);
        hash[8] = (byte)((hash[8] & 0x0F) | 0x80);
        return $"{kind}-{new Guid(hash, bigEndian: true)}";
    }

    /// <summary><c>pg_temp.at</c></summary>
    internal static DateTime At(long number) => Start.AddMicroseconds(97_000_361d * number);

    /// <summary><c>pg_temp.org</c></summary>
    internal static string Organization(int seed, long agent) => agent % 10 == 0 ? Id(seed, "org", 2) : DefaultOrganization;

    /// <summary><c>pg_temp.owner</c></summary>
    internal static string Owner(int seed, long agent) => agent % 10 == 0 ? Id(seed, "user", 2) : DefaultUser;
}
