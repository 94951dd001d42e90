using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LettaDr.Systems;

/// <summary>Remembers of each endpoint how the newest alert to it went, so that readiness need not send one every time it is asked.</summary>
/// <param name="folder">Where; this user's own state where null.</param>
internal sealed class AlertDeliveries(string? folder = null)
{
    /// <summary>How long an acknowledged alert shows that an endpoint works.</summary>
    public static readonly TimeSpan Counts = TimeSpan.FromDays(7);

    private const int KeyBytes = 32;

    private readonly string _folder = folder ?? LocalState.Folder("alerts");

    /// <summary>
    /// How the newest alert went to an endpoint, at the address and with the password that are found now; null when nobody knows, or there
    /// are none.
    /// </summary>
    public DrAlertDelivery? Newest(DrNotification endpoint)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(PathOf(endpoint, ReadKey())), LettaDrLineJson.Default.DrAlertDelivery);
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException or JsonException or LettaDrException)
        {
            return null;
        }
    }

    /// <summary>Remembers how an alert went.</summary>
    /// <param name="endpoints">Where it went.</param>
    /// <param name="deliveries">How, in the same order.</param>
    public void Save(IReadOnlyList<DrNotification> endpoints, IReadOnlyList<DrAlertDelivery> deliveries)
    {
        try
        {
            DurableFiles.CreateDirectory(_folder);
            var key = MakeKey();
            foreach (var (endpoint, delivery) in endpoints.Zip(deliveries))
            {
                Save(endpoint, delivery, key);
            }
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // Readiness sends one more alert then; the alert itself has been told.
        }
    }

    private void Save(DrNotification endpoint, DrAlertDelivery delivery, byte[] key)
    {
        try
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(delivery, LettaDrLineJson.Default.DrAlertDelivery);
            DurableFiles.WriteAtomically(PathOf(endpoint, key), json);
        }
        catch (LettaDrException)
        {
            // What is not there could not be tried; the delivery says so, and readiness asks for it again.
        }
    }

    /// <summary>
    /// An endpoint whose address or password is another now, wherever the plan has it from, is another endpoint. They are told apart by a
    /// keyed hash, for a short password could be found from a plain one.
    /// </summary>
    private string PathOf(DrNotification endpoint, byte[] key)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(endpoint, LettaDrLineJson.Default.DrNotification));
        // JSON holds no nought, so that what follows it is the secret.
        hash.AppendData([0]);
        hash.AppendData(Encoding.UTF8.GetBytes(AlertEndpoints.SecretOf(endpoint)?.Reveal() ?? string.Empty));
        return Path.Combine(_folder, Hex.Lower(hash.GetHashAndReset().AsSpan(0, 12)) + ".json");
    }

    private string KeyPath => Path.Combine(_folder, "key");

    private byte[] ReadKey() => File.ReadAllBytes(KeyPath) is { Length: KeyBytes } key
        ? key : throw new IOException($"The file {KeyPath} holds no key.");

    /// <summary>The key of this folder, made where there is none. Of two that make one at once the first wins.</summary>
    private byte[] MakeKey()
    {
        try
        {
            return ReadKey();
        }
        catch (IOException)
        {
            // There is none yet, or a full disk has left half of one.
        }

        var temporary = $"{KeyPath}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = DurableFiles.CreatePrivate(temporary))
            {
                file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            }

            File.Move(temporary, KeyPath, overwrite: File.Exists(KeyPath) && new FileInfo(KeyPath).Length != KeyBytes);
        }
        catch (IOException) when (File.Exists(KeyPath))
        {
            // Another process has made it meanwhile, and that is read.
        }
        finally
        {
            File.Delete(temporary);
        }

        return ReadKey();
    }
}
