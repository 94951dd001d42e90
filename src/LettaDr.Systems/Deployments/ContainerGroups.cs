namespace LettaDr.Systems;

/// <summary>Running containers sorted into deployments: by Compose project, else by whom a Letta server names as its database.</summary>
internal sealed class ContainerGroups
{
    /// <summary>Label that stands for a project's name on containers that Compose did not start.</summary>
    public const string DeploymentLabel = "lettadr.deployment";

    private readonly IReadOnlyList<(ContainerDetails Details, DeploymentMember Member)> _all;

    /// <param name="containers">The containers, each with its member as it is after secrets were read.</param>
    public ContainerGroups(IReadOnlyList<(ContainerDetails Details, DeploymentMember Member)> containers) => _all = containers;

    /// <summary>Every group that is a deployment of Letta, by what is to be its name; null where its database shall name it.</summary>
    /// <param name="onFault">Hears of groups that speak of Letta but cannot be understood.</param>
    public IReadOnlyList<(SourcedText? Name, RecognisedMembers Members)> FindLetta(Action<LettaDrException>? onFault = null)
    {
        var found = new List<(SourcedText?, RecognisedMembers)>();
        foreach (var name in _all.Select(pair => GroupName(pair.Details)).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (TryRecognise(InGroup(name), onFault) is { IsLetta: true } members && IsWhole(members))
            {
                found.Add((Named(name), members));
            }
        }

        var alone = Alone();
        var taken = found.SelectMany(group => group.Item2.All).ToHashSet();
        foreach (var server in alone.Where(IsServer))
        {
            if (TryRecognise([server], onFault) is { } members && IsWhole(members))
            {
                found.Add((null, members));
                taken.UnionWith(members.All);
            }
        }

        foreach (var database in alone.Where(member => !taken.Contains(member) && ImageName.IsPostgres(member.Container.Image)))
        {
            if (TryRecognise([database], onFault) is { IsLetta: true } members)
            {
                found.Add((null, members));
            }
        }

        return found;
    }

    /// <summary>The group of a project; null when no container belongs to it.</summary>
    /// <exception cref="LettaDrException">Its database cannot be told.</exception>
    public (SourcedText? Name, RecognisedMembers Members)? FindProject(string name) =>
        InGroup(name) is { Count: > 0 } group ? (Named(name), MemberRecognition.Recognise(group, Others(group))) : null;

    /// <summary>The group to which a container belongs, by its name or identifier; null when there is none.</summary>
    /// <exception cref="LettaDrException">Its database cannot be told.</exception>
    public (SourcedText? Name, RecognisedMembers Members)? FindContainer(string nameOrId)
    {
        var (details, member) = _all.FirstOrDefault(pair =>
            pair.Details.Container.Name == nameOrId
                || (nameOrId.Length >= 4 && pair.Details.Container.Id!.StartsWith(nameOrId, StringComparison.Ordinal)));
        if (details is null)
        {
            return null;
        }

        if (GroupName(details) is { } project)
        {
            return FindProject(project);
        }

        var owner = Alone().Where(IsServer).Select(server => TryRecognise([server], null))
            .FirstOrDefault(members => members is not null && members.All.Contains(member));
        return (null, owner ?? MemberRecognition.Recognise([member], Others([member])));
    }

    /// <summary>The group that a container belongs to; null when it stands alone.</summary>
    public static string? GroupName(ContainerDetails details) =>
        details.Container.Project ?? details.Labels.GetValueOrDefault(DeploymentLabel);

    private static bool IsServer(DeploymentMember member) =>
        !ImageName.IsPostgres(member.Container.Image) && !ImageName.IsRedis(member.Container.Image)
        && (MemberRecognition.HasDatabaseSetting(member) || ImageName.IsLetta(member.Container.Image));

    /// <summary>Whether a database is known, here or elsewhere.</summary>
    private static bool IsWhole(RecognisedMembers members) =>
        members.Database is not null || (members.Server is { } server && MemberRecognition.HasDatabaseSetting(server));

    private SourcedText Named(string name)
    {
        var (details, _) = _all.First(pair => GroupName(pair.Details) == name);
        var label = details.Container.Project is null ? DeploymentLabel : ContainerMapping.ProjectLabel;
        return new SourcedText(name, $"label {label} of {details.Container.Name}");
    }

    private List<DeploymentMember> InGroup(string name) =>
        [.. _all.Where(pair => GroupName(pair.Details) == name).Select(pair => pair.Member)];

    private List<DeploymentMember> Alone() => [.. _all.Where(pair => GroupName(pair.Details) is null).Select(pair => pair.Member)];

    private List<DeploymentMember> Others(List<DeploymentMember> group) =>
        [.. _all.Select(pair => pair.Member).Where(member => !group.Contains(member))];

    private RecognisedMembers? TryRecognise(List<DeploymentMember> group, Action<LettaDrException>? onFault)
    {
        try
        {
            return MemberRecognition.Recognise(group, Others(group));
        }
        catch (LettaDrException fault)
        {
            // Somebody else's stack of several databases is no fault of ours.
            if (group.Exists(IsServer))
            {
                onFault?.Invoke(fault);
            }

            return null;
        }
    }
}
