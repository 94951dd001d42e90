using System.Net;
using System.Security;

namespace LettaDr.Cmdlets;

/// <summary>Puts a password that the user gave in the place of the one found.</summary>
internal static class CachePasswords
{
    /// <summary>The deployment with another password for its Redis; the same where none is given or there is no Redis.</summary>
    public static LettaDeployment WithCachePassword(this LettaDeployment deployment, SecureString? password) =>
        password is null || deployment.Cache is null
            ? deployment
            : deployment with { Cache = deployment.Cache with { Password = new Secret(new NetworkCredential(string.Empty, password).Password) } };
}
