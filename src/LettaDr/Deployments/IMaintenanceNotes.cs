namespace LettaDr;

/// <summary>Keeps notes of deployments in maintenance on this machine.</summary>
internal interface IMaintenanceNotes
{
    /// <summary>The note of a deployment; null when there is none.</summary>
    MaintenanceNote? Find(LettaDeployment deployment);

    /// <summary>Keeps a note; it is on the disk when this returns.</summary>
    void Save(LettaDeployment deployment, MaintenanceNote note);

    /// <summary>Forgets a note; no error when there is none.</summary>
    void Remove(LettaDeployment deployment);
}
