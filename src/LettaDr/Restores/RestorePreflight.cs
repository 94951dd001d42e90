using System.Globalization;

namespace LettaDr;

/// <summary>The questions asked before a restore touches anything.</summary>
internal static class RestorePreflight
{
    // Beside the data there is WAL that the load writes before checkpoints recycle it.
    private const double SpaceFactor = 1.2;

    /// <exception cref="LettaDrException">The first thing that would keep the restore from ending well.</exception>
    public static void Check(RestoreRequest request, DatabaseInventory inventory, TargetProfile target)
    {
        CheckIdentity(request, inventory, target);
        CheckServer(inventory, target);
        CheckRights(target);
        CheckExtensions(inventory, target);
        CheckRoles(request, inventory, target);
        CheckSessions(target.Existing, request.DisconnectSessions);
        CheckSpace(inventory, target);
    }

    private static void CheckIdentity(RestoreRequest request, DatabaseInventory inventory, TargetProfile target)
    {
        if (request.AllowOtherCluster)
        {
            return;
        }

        if (request.Backup.Deployment != request.Deployment.Name && request.TargetDatabase == request.Deployment.Database.Database)
        {
            throw new LettaDrException(
                "BackupOfOtherDeployment", FaultKind.Incompatible,
                $"The set {request.Backup.Id} is of deployment {request.Backup.Deployment}, not of {request.Deployment.Name}.",
                "Name the right set, give -TargetDatabase to restore it under another name, or say -AllowOtherCluster if this is meant.",
                request.Backup.Id);
        }

        var other = inventory.Database.SystemIdentifier is { } recorded && target.SystemIdentifier is { } present && recorded != present;
        if (other && target.Existing is { HasTables: true, Mark: null })
        {
            throw new LettaDrException(
                "BackupOfOtherCluster", FaultKind.Incompatible,
                $"The set {request.Backup.Id} is of cluster {inventory.Database.SystemIdentifier}, and the database {request.TargetDatabase} that it would replace is of cluster {target.SystemIdentifier} and holds tables.",
                "If that database may be replaced, say -AllowOtherCluster; else give -TargetDatabase another name.",
                request.Backup.Id);
        }
    }

    private static void CheckServer(DatabaseInventory inventory, TargetProfile target)
    {
        if (target.IsInRecovery)
        {
            throw new LettaDrException(
                "TargetIsStandby", FaultKind.Incompatible,
                $"{target.Server} is a standby, and nothing can be restored to one.",
                "Restore to the primary.", target.Server);
        }

        if (target.ServerVersionNumber / 10000 < inventory.Database.ServerVersionNumber / 10000)
        {
            throw new LettaDrException(
                "TargetTooOld", FaultKind.Incompatible,
                $"The set is of PostgreSQL {inventory.Database.ServerVersion}, and {target.Server} is {target.ServerVersion}, which cannot read it.",
                "Restore to a server of the same or a later major version.", target.Server);
        }
    }

    private static void CheckRights(TargetProfile target)
    {
        if (!target.IsSuperuser && !target.CanCreateDatabases)
        {
            throw new LettaDrException(
                "CannotCreateDatabase", FaultKind.PermissionDenied,
                $"The role {target.Role} on {target.Server} may not create databases, and a restore goes beside the live one first.",
                "Connect as a superuser (-Credential), or give the role CREATEDB.", target.Server);
        }
    }

    private static void CheckExtensions(DatabaseInventory inventory, TargetProfile target)
    {
        foreach (var wanted in inventory.Extensions)
        {
            if (!target.Extensions.TryGetValue(wanted.Name, out var offered))
            {
                throw new LettaDrException(
                    "ExtensionMissing", FaultKind.Incompatible,
                    $"The set needs the extension {wanted.Name} {wanted.Version}, and {target.Server} does not offer it.",
                    wanted.Name == "vector"
                        ? "Install pgvector there, or use an image that has it (pgvector/pgvector)."
                        : "Install it there.",
                    target.Server);
            }

            if (CompareVersions(offered.DefaultVersion, wanted.Version) < 0)
            {
                throw new LettaDrException(
                    "ExtensionTooOld", FaultKind.Incompatible,
                    $"The set needs the extension {wanted.Name} {wanted.Version}, and {target.Server} offers only {offered.DefaultVersion}.",
                    "Install that version or a later one there.", target.Server);
            }

            if (offered.NeedsSuperuser && !target.IsSuperuser)
            {
                throw new LettaDrException(
                    "ExtensionNeedsSuperuser", FaultKind.PermissionDenied,
                    $"Only a superuser may create the extension {wanted.Name} on {target.Server}, and {target.Role} is none.",
                    "Connect as a superuser (-Credential); -Owner gives the restored database to the role that should own it.", target.Server);
            }
        }
    }

    private static void CheckRoles(RestoreRequest request, DatabaseInventory inventory, TargetProfile target)
    {
        if (request.Owner is { } owner)
        {
            if (!target.Roles.Contains(owner))
            {
                throw new LettaDrException(
                    "RoleNotFound", FaultKind.NotFound, $"There is no role {owner} on {target.Server}.",
                    "Create it first, or leave -Owner out.", owner);
            }

            CheckOwners([owner], target);
            return;
        }

        var missing = inventory.Roles.Where(role => !target.Roles.Contains(role.Name)).Select(role => role.Name).ToList();
        if (missing.Count > 0 && !request.CreateMissingRoles)
        {
            throw new LettaDrException(
                "RolesMissing", FaultKind.NotFound,
                $"The set names roles that {target.Server} does not have: {string.Join(", ", missing)}.",
                "Create them, say -CreateMissingRoles to have them made without login, or give everything to one role with -Owner.",
                target.Server);
        }

        var owners = inventory.Objects.Where(item => item.Kind == "owner").Select(item => item.Definition).Where(target.Roles.Contains);
        CheckOwners(owners.Append(inventory.Database.Owner).Where(owner => owner != "pg_database_owner"), target);
    }

    private static void CheckOwners(IEnumerable<string> owners, TargetProfile target)
    {
        var others = owners.Distinct(StringComparer.Ordinal).Where(owner => !target.AssumableRoles.Contains(owner)).ToList();
        if (!target.IsSuperuser && others.Count > 0)
        {
            throw new LettaDrException(
                "RoleNotAssumable", FaultKind.PermissionDenied,
                $"What is restored would belong to {string.Join(", ", others)}, and the role {target.Role} on {target.Server} may not act as {(others.Count == 1 ? "that role" : "those roles")}.",
                $"Connect as a superuser (-Credential), grant {target.Role} membership, or give everything to a role of its own with -Owner.",
                target.Server);
        }
    }

    /// <exception cref="LettaDrException">Somebody is connected to the live database, and that is not to be ended.</exception>
    public static void CheckSessions(TargetDatabase? existing, bool disconnectSessions)
    {
        if (existing is { Sessions.Count: > 0 } && !disconnectSessions)
        {
            var shown = string.Join("; ", existing.Sessions.Take(3));
            throw new LettaDrException(
                "DatabaseInUse", FaultKind.Busy,
                $"The database {existing.Name} has {existing.Sessions.Count} session(s) open: {shown}.",
                "Stop Letta first, or say -DisconnectSessions to end them at the swap.",
                existing.Name);
        }
    }

    private static void CheckSpace(DatabaseInventory inventory, TargetProfile target)
    {
        var needed = (long)(inventory.Database.Bytes * SpaceFactor);
        if (target.FreeBytes is { } free && free < needed)
        {
            throw new LettaDrException(
                "NotEnoughDisk", FaultKind.InsufficientResources,
                $"The restore needs about {ByteSize.Format(needed)} beside the live database, and the data disk of {target.Server} has {ByteSize.Format(free)} free.",
                "Free some space there, or restore to another server.", target.Server);
        }
    }

    private static int CompareVersions(string left, string right)
    {
        var (a, b) = (Numbers(left), Numbers(right));
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            var order = a.ElementAtOrDefault(i).CompareTo(b.ElementAtOrDefault(i));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static int[] Numbers(string version) =>
        [.. version.Split('.', '-').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)];
}
