using System.Globalization;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>Makes an endpoint that can be connected to out of what is written about a database.</summary>
internal sealed class DatabaseResolver(DockerEngine? engine, LocalContainers? containers, FactList facts)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public async Task<DatabaseEndpoint> ResolveAsync(DatabaseDraft draft, CancellationToken cancellationToken)
    {
        var port = int.Parse(draft.Port.Value, CultureInfo.InvariantCulture);
        var (route, member) = await RouteAsync(draft, port, cancellationToken).ConfigureAwait(false);
        facts.Add("Database.Host", route.Host, route.Source);
        facts.Add("Database.Port", route.Port.ToString(CultureInfo.InvariantCulture), route.Port == port ? draft.Port.Source : route.Source);
        facts.Add("Database.Name", draft.Database.Value, draft.Database.Source);
        var endpoint = new DatabaseEndpoint
        {
            Host = route.Host,
            Port = route.Port,
            Database = draft.Database.Value,
            UserName = draft.Logins[0].UserName.Value,
            SslMode = draft.SslMode?.Value,
            Container = member?.Container,
        };
        var (login, schema, schemaSource) = await LogInAsync(endpoint, Logins(draft, member), cancellationToken).ConfigureAwait(false);
        facts.Add("Database.User", login.UserName.Value, login.UserName.Source);
        if (login.Password is { } password)
        {
            facts.AddSecret("Database.Password", password, login.PasswordSource);
        }
        else
        {
            facts.Add("Database.Password", "none", login.PasswordSource);
        }

        if (draft.SslMode is { } mode)
        {
            facts.Add("Database.SslMode", mode.Value, mode.Source);
        }

        facts.Add("Database.Schema", schema ?? "unknown", schemaSource);
        return endpoint with { UserName = login.UserName.Value, Password = login.Password, Schema = schema };
    }

    /// <summary>A role named without a password may be the one that the container was set up with.</summary>
    private static IReadOnlyList<DatabaseLogin> Logins(DatabaseDraft draft, DeploymentMember? member)
    {
        var named = draft.Logins[0];
        return draft.Member is null && named.Password is null && member is not null
            && DatabaseDraft.OwnLogin(member, isServer: false) is { Password: not null } own
                && own.UserName.Value == named.UserName.Value
            ? [own with { UserName = named.UserName }] : draft.Logins;
    }

    private async Task<(MemberRoute Route, DeploymentMember? Member)> RouteAsync(
        DatabaseDraft draft, int port, CancellationToken cancellationToken)
    {
        var member = draft.Member;
        var why = string.Empty;
        if (member is null && containers is not null
            && await containers.FindAsync(draft.Host.Value, port, draft.NamedBy, cancellationToken).ConfigureAwait(false) is { } found)
        {
            member = ContainerMembers.From(found.Details);
            port = found.Port;
            why = $"{draft.Host.Source}; {found.Why}; ";
        }

        if (member is null)
        {
            var host = LettaServer.IsDockerHost(draft.Host.Value) ? engine?.PublishedHost ?? "127.0.0.1" : draft.Host.Value;
            return (new MemberRoute(host, port, draft.Host.Source), null);
        }

        if (draft.Member is null && (draft.SslMode?.Value == "verify-full" || Logins(draft, member)[0].Password is null))
        {
            // A certificate, or a line of a pgpass file, holds for the host that was named and for no other road to it.
            return (new MemberRoute(draft.Host.Value, int.Parse(draft.Port.Value, CultureInfo.InvariantCulture), draft.Host.Source), member);
        }

        var route = await MemberRoute.FindAsync(member, port, engine, cancellationToken).ConfigureAwait(false);
        return (route with { Source = why + route.Source }, member);
    }

    /// <summary>The first role that is let in, and the schema that it then works in.</summary>
    private static async Task<(DatabaseLogin Login, string? Schema, string Source)> LogInAsync(
        DatabaseEndpoint endpoint, IReadOnlyList<DatabaseLogin> logins, CancellationToken cancellationToken)
    {
        LettaDrException? first = null;
        foreach (var login in logins)
        {
            try
            {
                var attempt = endpoint with { UserName = login.UserName.Value, Password = login.Password };
                await using var connection = await ProbeConnection.OpenAsync(attempt, Limit, cancellationToken).ConfigureAwait(false);
                return await ProbeConnection.ScalarAsync(connection, "SELECT current_schema()", cancellationToken).ConfigureAwait(false) is string schema
                    ? (login, schema, "SELECT current_schema()")
                    : (login, null, "no schema of the search_path exists");
            }
            catch (LettaDrException fault)
            {
                first ??= fault;
                if (fault.Kind == FaultKind.NotFound || fault.Id == "DatabaseClosed")
                {
                    return (login, null, fault.Message);
                }

                if (fault.Kind != FaultKind.AuthenticationFailed)
                {
                    break;
                }
            }
            catch (NpgsqlException exception)
            {
                return (login, null, exception.Message);
            }
        }

        return (logins[0], null, first!.Message);
    }
}
