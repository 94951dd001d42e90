using System.Net;
using System.Net.NetworkInformation;

namespace LettaDr.Systems;

/// <summary>This machine's own addresses.</summary>
internal static class MachineAddresses
{
    private const int Attempts = 10;

    /// <summary>Every address of every interface.</summary>
    public static List<IPAddress> List()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return [.. NetworkInterface.GetAllNetworkInterfaces()
                    .SelectMany(network => network.GetIPProperties().UnicastAddresses)
                    .Select(unicast => unicast.Address)];
            }
            catch (Exception torn) when (torn is ArgumentException or NetworkInformationException && attempt < Attempts)
            {
                // .NET reads the list in pieces, and fails where an interface comes or goes meanwhile: each container has one.
            }
        }
    }
}
