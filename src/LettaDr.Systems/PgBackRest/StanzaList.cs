namespace LettaDr.Systems;

/// <summary>Lists the backups of pgBackRest's stanzas beside a deployment's database.</summary>
internal static class StanzaList
{
    /// <param name="deployment">The deployment.</param>
    /// <param name="stanza">Its stanza; null for all that pgBackRest knows there.</param>
    /// <param name="repository">Where the proofs of its backups are; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LettaDrException">pgBackRest or the stanza is not there.</exception>
    public static async Task<IReadOnlyList<Backup>> ReadAsync(
        LettaDeployment deployment, string? stanza, IBackupRepository? repository, CancellationToken cancellationToken)
    {
        using var place = await PgBackRestPlace.OpenAsync(deployment.Database, cancellationToken).ConfigureAwait(false);
        var program = new PgBackRestProgram(place.Host);
        var sets = repository?.List(deployment.Name, includeIncomplete: false) ?? [];
        var stanzas = stanza is null
            ? await program.InfoAsync(null, cancellationToken).ConfigureAwait(false)
            : [await program.FindStanzaAsync(stanza, null, cancellationToken).ConfigureAwait(false)];
        if (!stanzas.Any(one => one.Exists))
        {
            throw PgBackRestFaults.StanzaNotFound(null, program.Place, []);
        }

        foreach (var one in stanzas)
        {
            program.RequireReadable(one);
        }

        return [.. stanzas.SelectMany(one => PgBackRestCatalog.List(one, deployment, sets))];
    }
}
