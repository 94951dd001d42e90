namespace LettaDr;

/// <summary>A throw-away PostgreSQL server of a set's own image; disposing of it leaves nothing.</summary>
internal interface IScratchServer : IAsyncDisposable
{
    /// <summary>The deployment that a restore goes to; its database does not exist yet.</summary>
    LettaDeployment Deployment { get; }

    /// <summary>Opens it as a target.</summary>
    IDatabaseTarget OpenTarget();
}
