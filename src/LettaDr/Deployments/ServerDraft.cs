using System.Globalization;

namespace LettaDr;

/// <summary>What is written about a deployment's Letta server, before anybody has tried to reach it.</summary>
internal sealed record ServerDraft
{
    /// <summary>The member that runs it; null when only its address is known.</summary>
    public DeploymentMember? Member { get; init; }

    /// <summary>The port on which it listens in its container.</summary>
    public int Port { get; init; } = LettaServer.DefaultPort;

    /// <summary>Its address, when somebody has named it.</summary>
    public SourcedText? BaseAddress { get; init; }

    /// <summary>LETTA_SERVER_PASSWORD.</summary>
    public SourcedText? Password { get; init; }

    /// <summary>Draws up what the recognised members say; null when there is no server.</summary>
    public static ServerDraft? From(RecognisedMembers members) => members.Server is not { } member ? null : new ServerDraft
    {
        Member = member,
        Port = member.Variable("LETTA_SERVER_PORT") is { } text
            && int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : LettaServer.DefaultPort,
        Password = member.Variable("LETTA_SERVER_PASSWORD"),
    };

    /// <summary>From LETTA_BASE_URL and LETTA_SERVER_PASSWORD; null when the first is not set.</summary>
    /// <exception cref="LettaDrException">LETTA_BASE_URL is no http address.</exception>
    public static ServerDraft? From(IReadOnlyDictionary<string, SourcedText> environment)
    {
        if (!environment.TryGetValue("LETTA_BASE_URL", out var address) || address.Value.Length == 0)
        {
            return null;
        }

        return Uri.TryCreate(address.Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new ServerDraft { BaseAddress = address, Password = environment.GetValueOrDefault("LETTA_SERVER_PASSWORD") }
            : throw new LettaDrException(
                "ServerAddressInvalid", FaultKind.InvalidArgument, $"LETTA_BASE_URL is not an http address ({address.Source}).",
                "Set it to e.g. http://localhost:8283.");
    }
}
