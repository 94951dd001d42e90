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

    private readonly string _folder = folder ?? LocalState.Folder("alerts");

    /// <summary>How the newest alert to an endpoint went; null when nobody knows.</summary>
    public DrAlertDelivery? Newest(DrNotification endpoint)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(PathOf(endpoint)), LettaDrLineJson.Default.DrAlertDelivery);
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException or JsonException)
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
            foreach (var (endpoint, delivery) in endpoints.Zip(deliveries))
            {
                DurableFiles.WriteAtomically(PathOf(endpoint), JsonSerializer.SerializeToUtf8Bytes(delivery, LettaDrLineJson.Default.DrAlertDelivery));
            }
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // Readiness sends one more alert then; the alert itself has been told.
        }
    }

    /// <summary>An endpoint whose address was changed is another one.</summary>
    private string PathOf(DrNotification endpoint) => Path.Combine(
        _folder,
        Hex.Lower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(endpoint, LettaDrLineJson.Default.DrNotification))).AsSpan(0, 12)) + ".json");
}
