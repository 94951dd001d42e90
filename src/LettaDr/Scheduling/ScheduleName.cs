using System.Security.Cryptography;
using System.Text;

namespace LettaDr;

/// <summary>Names of what schedulers read.</summary>
internal static class ScheduleName
{
    // cron ignores files whose names hold anything but letters, digits, hyphens and underscores (run-parts(8)).
    private const int LongestPart = 40;

    /// <summary>What all of a plan's files begin with.</summary>
    public static string Of(string plan, string planPath)
    {
        var part = new string([.. plan.Take(LongestPart).Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-')]).Trim('-');
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(planPath)))[..8].ToLowerInvariant();
        return $"lettadr-{(part.Length > 0 ? part + "-" : "")}{hash}";
    }

    /// <summary>The part of a name for a job, e.g. <c>full-restore</c>.</summary>
    public static string Of(DrJob job) => string.Concat(
        job.ToString().Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
