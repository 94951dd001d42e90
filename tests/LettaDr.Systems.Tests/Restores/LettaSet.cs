using System.Globalization;

namespace LettaDr.Systems.Tests;

/// <summary>A small Letta database with a set of it, for the tests of one class; a test may leave the database as it likes.</summary>
public sealed class LettaSet(PostgresServer server) : IAsyncLifetime
{
    internal LettaDeployment Deployment { get; private set; } = null!;

    internal TemporaryRepository Repository { get; } = new();

    internal Backup Backup { get; private set; } = null!;

    internal DatabaseInventory Inventory { get; private set; } = null!;

    /// <summary>The schema that everything lives in: the database's own name.</summary>
    internal string Schema => Inventory.Database.CurrentSchema!;

    public async Task InitializeAsync()
    {
        if (server.Container is null)
        {
            return;
        }

        Deployment = await server.CreateLettaDatabaseAsync();
        Backup = await LettaOperations.BackUpAsync(Deployment, Repository);
        Inventory = LettaOperations.InventoryOf(Repository, Backup);
    }

    public Task DisposeAsync()
    {
        Repository.Dispose();
        return Task.CompletedTask;
    }

    internal Task<RestoreResult> RestoreAsync(
        Func<RestoreRequest, RestoreRequest>? change = null, LettaDeployment? deployment = null, IOperationObserver? observer = null,
        CancellationToken cancellationToken = default) =>
        LettaOperations.RestoreAsync(deployment ?? Deployment, Repository, Backup, change, observer, cancellationToken);

    /// <summary>Restores where that must fail.</summary>
    internal async Task<LettaDrException> RefusedAsync(
        Func<RestoreRequest, RestoreRequest>? change = null, LettaDeployment? deployment = null, IOperationObserver? observer = null)
    {
        var fault = await Assert.ThrowsAsync<LettaDrException>(() => RestoreAsync(change, deployment, observer));
        Assert.False(string.IsNullOrWhiteSpace(fault.Remedy));
        Assert.DoesNotContain("test", fault.Message.Split(' ').Select(word => word.Trim('.', ',')));
        return fault;
    }

    /// <summary>Fails unless the deployment's database is what the set says in every row, object, sequence and setting.</summary>
    internal async Task AssertRestoredAsync(LettaDeployment? deployment = null, string? owner = null)
    {
        var restored = deployment ?? Deployment;
        Assert.Empty(await LettaOperations.CompareAsync(Inventory, restored, owner));
        Assert.Equal(LettaSchema.Revision, await PostgresServer.ValueAsync(restored, "SELECT version_num FROM alembic_version"));
        Assert.Equal(Schema, await PostgresServer.ValueAsync(restored, "SHOW search_path"));
        Assert.Equal(Schema, await PostgresServer.ValueAsync(restored, "SELECT current_schema"));
        Assert.Equal(
            PostgresServer.Small.Messages.ToString(CultureInfo.InvariantCulture), await PostgresServer.ValueAsync(restored, "SELECT count(*) FROM messages"));
        Assert.Equal(
            PostgresServer.Small.ArchivalPassages.ToString(CultureInfo.InvariantCulture),
            await PostgresServer.ValueAsync(restored, "SELECT count(*) FROM archival_passages WHERE vector_dims(embedding) = 4096"));
        Assert.Equal("0", await PostgresServer.ValueAsync(restored, "SELECT count(*) FROM pg_namespace WHERE nspname = 'public'"));
        Assert.Equal("49", await PostgresServer.ValueAsync(restored, "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema::regnamespace"));
    }
}
