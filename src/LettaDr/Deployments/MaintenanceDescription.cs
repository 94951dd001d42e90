namespace LettaDr;

/// <summary>Tells what entering or leaving maintenance would do.</summary>
internal static class MaintenanceDescription
{
    public static string Enter(LettaDeployment deployment, MaintenanceRequest request, MaintenancePlan plan)
    {
        var parts = new List<string> { plan.Running.Count == 0 ? "No container of the server runs" : $"Stop {List(plan.Running)}" };
        if (plan.Door is not null)
        {
            parts.Add(request.AllowConnections
                ? $"leave {Name(deployment)} open to connections" : $"refuse new connections to {Name(deployment)}");
            var sessions = plan.Sessions.Count == 0 ? string.Empty : $" ({string.Join("; ", plan.Sessions)})";
            parts.Add(request.DisconnectSessions
                ? $"end {plan.Sessions.Count} session(s){sessions}" : $"leave {plan.Sessions.Count} session(s) connected{sessions}");
        }

        parts.AddRange(plan.Remaining.Select(text => text.TrimEnd('.')));
        return string.Join("; ", parts);
    }

    public static string Exit(LettaDeployment deployment, MaintenancePlan plan, TimeSpan limit)
    {
        var note = plan.Note!;
        var start = note.Containers.Count == 0 ? "no container was stopped" : $"start {List(note.Containers)} and wait up to {limit.TotalSeconds:0} s for each";
        return $"Let connections to {Name(deployment)} in again; {start}; in maintenance since {note.Since:u}";
    }

    private static string Name(LettaDeployment deployment) =>
        $"{deployment.Database.Database} at {deployment.Database.Host}:{deployment.Database.Port}";

    private static string List(IReadOnlyList<StoppedContainer> containers) => string.Join(", ", containers.Select(container => container.Name));
}
