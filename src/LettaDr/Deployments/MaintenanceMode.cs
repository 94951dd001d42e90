using System.Diagnostics;

namespace LettaDr;

/// <summary>
/// Takes a deployment into maintenance and out of it. What is to be put back is written down before anything is changed, so that
/// leaving needs nothing of the process that entered; either way can be gone again from any point at which it broke off.
/// </summary>
internal sealed class MaintenanceMode(
    LettaDeployment deployment, IServerContainers server, IDatabaseDoor door, IMaintenanceNotes notes,
    IOperationObserver observer, IJournalStore localJournals)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>What there is; changes nothing.</summary>
    public async Task<MaintenancePlan> InspectAsync(CancellationToken cancellationToken)
    {
        var remaining = new List<string>();
        IReadOnlyList<StoppedContainer> running = [];
        if (server.OutOfReach is { } reason)
        {
            remaining.Add(reason);
        }
        else
        {
            running = await server.RunningAsync(cancellationToken).ConfigureAwait(false);
        }

        DatabaseDoorState? state = null;
        IReadOnlyList<DatabaseSession> sessions = [];
        try
        {
            state = await door.InspectAsync(cancellationToken).ConfigureAwait(false);
            sessions = await door.SessionsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException lost) when (lost.Kind is FaultKind.Unreachable or FaultKind.NotFound)
        {
            // A database that is lost is what maintenance is often for: the server is stopped all the same.
            remaining.Add($"The database was left as it is: {lost.Message}");
        }

        return new MaintenancePlan
        {
            Note = notes.Find(deployment) ?? MaintenanceNote.Read(state?.Comment),
            Running = running, Door = state, Sessions = sessions, Remaining = remaining,
        };
    }

    /// <summary>Stops the server and closes the database.</summary>
    /// <exception cref="LettaDrException">The role may not close the database; nothing has been changed then.</exception>
    public async Task<MaintenanceState> EnterAsync(MaintenanceRequest request, string operationId, CancellationToken cancellationToken)
    {
        var plan = await BeginAsync(cancellationToken).ConfigureAwait(false);
        RequireRight(plan.Door, request);
        var note = Remember(plan, request);
        var recorder = new OperationRecorder(operationId, "EnterMaintenance", deployment.Name, null, observer, localJournals);
        return await recorder.RunAsync(async () =>
        {
            await recorder.StepAsync("Write down what is to be put back", async () =>
            {
                notes.Save(deployment, note);
                if (plan.Door is { MayChange: true } state)
                {
                    await door.SetAsync(state.AllowsConnections, note.Write(), cancellationToken).ConfigureAwait(false);
                }

                return null;
            }).ConfigureAwait(false);
            await recorder.StepAsync("Stop the server", async () =>
            {
                await Task.WhenAll(plan.Running.Select(container => server.StopAsync(container, cancellationToken))).ConfigureAwait(false);
                return $"{plan.Running.Count} of {note.Containers.Count} stopped now";
            }).ConfigureAwait(false);
            var ended = 0;
            IReadOnlyList<DatabaseSession> sessions = [];
            if (plan.Door is { } found)
            {
                if (found.MayChange)
                {
                    await recorder.StepAsync(request.AllowConnections ? "Leave the database open" : "Refuse new connections", async () =>
                    {
                        // A database that took no connections before is none of ours to open.
                        await door.SetAsync(request.AllowConnections && note.AllowedConnections != false, note.Write(), cancellationToken).ConfigureAwait(false);
                        return null;
                    }).ConfigureAwait(false);
                }

                if (request.DisconnectSessions)
                {
                    await recorder.StepAsync("End sessions", async () =>
                    {
                        ended = await door.EndSessionsAsync(cancellationToken).ConfigureAwait(false);
                        return $"{ended} ended";
                    }).ConfigureAwait(false);
                }

                sessions = await door.SessionsAsync(cancellationToken).ConfigureAwait(false);
            }

            return new MaintenanceState
            {
                Deployment = deployment.Name, Active = true, Since = note.Since, Reason = note.Reason, Database = Name,
                DatabaseClosed = await ClosedAsync(plan, cancellationToken).ConfigureAwait(false),
                Containers = [.. note.Containers.Select(container => container.Name)], Sessions = sessions, SessionsEnded = ended,
                Remaining = plan.Remaining, Duration = _clock.Elapsed,
            };
        }).ConfigureAwait(false);
    }

    /// <summary>Opens the database, starts what was stopped, and waits for it.</summary>
    /// <param name="limit">How long each container is waited for.</param>
    /// <param name="operationId">Names the journal.</param>
    /// <param name="cancellationToken">Stops it; the note stays, and leaving can be tried again.</param>
    /// <exception cref="LettaDrException">The server is not ready in time; the note stays then too.</exception>
    public async Task<MaintenanceState> ExitAsync(TimeSpan limit, string operationId, CancellationToken cancellationToken)
    {
        var plan = await BeginAsync(cancellationToken).ConfigureAwait(false);
        if (plan.Note is not { } note)
        {
            return new MaintenanceState
            {
                Deployment = deployment.Name, Active = false, Database = Name, DatabaseClosed = !plan.Door?.AllowsConnections,
                Sessions = plan.Sessions, Duration = _clock.Elapsed,
            };
        }

        if (plan.Door is null && note.AllowedConnections is not null)
        {
            // What was closed must be opened: why it cannot be is the error.
            plan = plan with { Door = await door.InspectAsync(cancellationToken).ConfigureAwait(false) };
        }

        var recorder = new OperationRecorder(operationId, "ExitMaintenance", deployment.Name, null, observer, localJournals);
        return await recorder.RunAsync(async () =>
        {
            var remaining = plan.Remaining.ToList();
            if (plan.Door is { } found)
            {
                await recorder.StepAsync("Let connections in", async () =>
                {
                    if (!found.MayChange && !found.AllowsConnections)
                    {
                        throw NoRight();
                    }

                    if (found.MayChange)
                    {
                        await door.SetAsync(note.AllowedConnections ?? true, found.Comment, cancellationToken).ConfigureAwait(false);
                    }

                    return null;
                }).ConfigureAwait(false);
            }

            var started = new List<string>();
            await recorder.StepAsync("Start the server", async () =>
            {
                foreach (var container in server.OutOfReach is null ? note.Containers : [])
                {
                    if (await server.StartAsync(container, cancellationToken).ConfigureAwait(false) is { } name)
                    {
                        started.Add(name);
                    }
                    else
                    {
                        remaining.Add($"The container {container.Name} is not there any more: bring it up anew, e.g. with 'docker compose up -d'.");
                    }
                }

                return $"{started.Count} of {note.Containers.Count} started";
            }).ConfigureAwait(false);
            await recorder.StepAsync("Wait until the server answers a real query", async () =>
            {
                foreach (var name in started)
                {
                    await server.WaitUntilReadyAsync(name, limit, cancellationToken).ConfigureAwait(false);
                }

                return null;
            }).ConfigureAwait(false);
            await recorder.StepAsync("Forget what was put back", async () =>
            {
                if (plan.Door is { MayChange: true } state && MaintenanceNote.Read(state.Comment) is not null)
                {
                    await door.SetAsync(note.AllowedConnections ?? true, MaintenanceNote.OwnComment(state.Comment), cancellationToken).ConfigureAwait(false);
                }

                notes.Remove(deployment);
                return null;
            }).ConfigureAwait(false);
            return new MaintenanceState
            {
                Deployment = deployment.Name, Active = false, Since = note.Since, Reason = note.Reason, Database = Name,
                DatabaseClosed = await ClosedAsync(plan, cancellationToken).ConfigureAwait(false), Containers = started,
                Sessions = plan.Door is null ? [] : await door.SessionsAsync(cancellationToken).ConfigureAwait(false),
                Remaining = remaining, Duration = _clock.Elapsed,
            };
        }).ConfigureAwait(false);
    }

    private string Name => $"{deployment.Database.Host}:{deployment.Database.Port}/{deployment.Database.Database}";

    private async Task<MaintenancePlan> BeginAsync(CancellationToken cancellationToken)
    {
        var plan = await InspectAsync(cancellationToken).ConfigureAwait(false);
        if (plan.Door is null)
        {
            return plan;
        }

        // What was read before the lock may be what another process was just changing.
        await door.LockAsync(cancellationToken).ConfigureAwait(false);
        return await InspectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The note of an earlier entering, with containers that have come up since; else a new one.</summary>
    private MaintenanceNote Remember(MaintenancePlan plan, MaintenanceRequest request)
    {
        var old = plan.Note;
        IReadOnlyList<StoppedContainer> known = old?.Containers ?? [];
        return new MaintenanceNote
        {
            Deployment = deployment.Name,
            Since = old?.Since ?? DateTimeOffset.UtcNow,
            Reason = request.Reason ?? old?.Reason,
            Machine = old?.Machine ?? Environment.MachineName,
            // One that was made anew under its old name takes the old one's place; one that was started by hand keeps its policy noted.
            Containers =
            [
                .. known.Where(container => !plan.Running.Any(running => running.Name == container.Name && running.Id != container.Id)),
                .. plan.Running.Where(running => !known.Any(container => container.Id == running.Id)),
            ],
            AllowedConnections = old is null ? plan.Door?.AllowsConnections : old.AllowedConnections ?? plan.Door?.AllowsConnections,
            Comment = MaintenanceNote.OwnComment(plan.Door?.Comment),
        };
    }

    private void RequireRight(DatabaseDoorState? state, MaintenanceRequest request)
    {
        if (state is { MayChange: false } && !request.AllowConnections)
        {
            throw NoRight();
        }
    }

    private LettaDrException NoRight() => new(
        "PermissionDenied", FaultKind.PermissionDenied,
        $"The role {deployment.Database.UserName} may not change whether {deployment.Database.Database} takes connections.",
        "Connect as a superuser or as the owner of the database (-Credential); -AllowConnections stops the server alone.", deployment);

    private async Task<bool?> ClosedAsync(MaintenancePlan plan, CancellationToken cancellationToken) =>
        plan.Door is null ? null : !(await door.InspectAsync(cancellationToken).ConfigureAwait(false)).AllowsConnections;
}
