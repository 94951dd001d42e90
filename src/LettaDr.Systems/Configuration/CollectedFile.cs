using System.Globalization;

namespace LettaDr.Systems;

/// <summary>A file of a configuration as it was read. Its content may hold secrets.</summary>
internal sealed record CollectedFile
{
    /// <summary>Above this a file is no configuration, and is told of instead.</summary>
    public const long Limit = 32L << 20;

    /// <inheritdoc cref="ConfigurationFile.Path"/>
    public required string Path { get; init; }

    /// <inheritdoc cref="ConfigurationFile.OriginalPath"/>
    public required string OriginalPath { get; init; }

    /// <inheritdoc cref="ConfigurationFile.Container"/>
    public string? Container { get; init; }

    /// <inheritdoc cref="ConfigurationFile.Purpose"/>
    public required string Purpose { get; init; }

    /// <summary>Its permissions; null where the system has none such.</summary>
    public UnixFileMode? Mode { get; init; }

    /// <summary>When it was last written to; null when nobody can say.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>Its bytes.</summary>
    public required byte[] Content { get; init; }

    /// <summary>Whether it is a secret as a whole: a Docker secret, a file of credentials.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Permissions in octal.</summary>
    public string? ModeText => Mode is { } mode ? Convert.ToString((int)mode, 8).PadLeft(3, '0').ToString(CultureInfo.InvariantCulture) : null;

    /// <inheritdoc/>
    public override string ToString() => Path;
}
