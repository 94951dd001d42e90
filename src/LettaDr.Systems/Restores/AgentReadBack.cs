namespace LettaDr.Systems;

/// <summary>Reads the agents back through Letta's REST API and compares them with the database's.</summary>
internal static class AgentReadBack
{
    public static async Task<AgentComparison> CompareAsync(LettaDeployment deployment, CancellationToken cancellationToken)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        using (var reader = new LettaAgentReader(deployment.Server!))
        {
            await foreach (var agent in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                told.Add(agent.Id);
            }
        }

        await using var connection = await new PostgresConnector(deployment.Database, OperationId.Next())
            .OpenOnlyAsync(cancellationToken).ConfigureAwait(false);
        var held = await PostgresFaults.GuardAsync(deployment.Database, async () =>
        {
            // Who asks without naming a user is the default one, and sees the agents of the default organization, perhaps deleted ones too.
            var tables = await LettaTables.FindAsync(connection, cancellationToken).ConfigureAwait(false);
            return tables.Schema is null ? [] : await PostgresConnector.QueryAsync(
                connection,
                $"SELECT id, organization_id = '{LettaAgentReader.DefaultOrganization}' AND NOT is_deleted FROM {tables.Qualified("agents")}",
                row => (Id: row.GetString(0), Told: !row.IsDBNull(1) && row.GetBoolean(1)), cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return new AgentComparison(
            held.Count(agent => told.Contains(agent.Id)),
            [.. held.Where(agent => agent.Told && !told.Contains(agent.Id)).Select(agent => agent.Id)],
            [.. told.Except(held.Select(agent => agent.Id), StringComparer.Ordinal)]);
    }
}
