namespace LettaDr.Systems;

/// <summary>What starting an archive comes to, found out before anything is changed.</summary>
internal sealed record WalArchivePlan
{
    /// <summary>What was asked.</summary>
    public required WalArchiveRequest Request { get; init; }

    /// <summary>Location of the repository.</summary>
    public required string Repository { get; init; }

    /// <summary>The archive's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The server's container.</summary>
    public required ContainerDetails Server { get; init; }

    /// <summary>Port at which the server listens in it.</summary>
    public required int Port { get; init; }

    /// <summary>What the server said.</summary>
    public required WalServerFacts Facts { get; init; }

    /// <summary>What takes the place of the volumes that the image would have made.</summary>
    public IReadOnlyList<ContainerVolume> ImageVolumes { get; init; } = [];

    /// <summary>The receiver of this archive; null when there is none.</summary>
    public ContainerDetails? Existing { get; init; }

    /// <summary>Name of the container that receives.</summary>
    public string ContainerName => $"lettadr-wal-{Server.Container.Name}-{Hex.Lower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Folder)).AsSpan(0, 4))}";

    /// <summary>The plan, for people.</summary>
    public string Describe() => Existing is { } receiver && WalReceiver.Fits(receiver, this)
        ? $"The log of {Request.Deployment.Name} is received into {Folder} already, by the container {receiver.Container.Name}."
        : $"Receive the log of {Request.Deployment.Name} (cluster {Facts.SystemIdentifier}, PostgreSQL {Facts.Version}) into {Folder} from now on: "
            + (Facts.SlotKind.Length == 0 ? $"create the replication slot {Request.Slot}, " : $"use the replication slot {Request.Slot}, ")
            + $"run the container {ContainerName} ({Server.Container.Image}) beside {Server.Container.Name}, commit a heartbeat each {Request.HeartbeatInterval.TotalSeconds:0} s. "
            + "The server keeps what was not received yet, on its own disk"
            + (Request.MaximumSlotSize is { } maximum
                ? $"; beyond {ByteSize.Format(maximum)} the slot is given up, and the log has a hole" : string.Empty);
}
