using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace LettaDr;

/// <summary>Takes objects one by one, and keeps of each what the report says of it, not the object.</summary>
internal sealed class DrReportBuilder(DateTimeOffset createdAt, string machine, string? title = null)
{
    private static readonly string Writer = "LettaDr " + typeof(DrReportBuilder).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    // The order of a report: what is wanted, what holds now, what it rests on, what was done.
    private readonly IReportSectionBuilder[] _known =
    [
        new ObjectiveSection(), new CheckSection(), new ChecklistSection(), new DrillSection(), new DrillScheduleSection(), new BackupSection(createdAt),
        new WalArchiveSection(), new RestoreSection(), new RunbookSection(), new OperationSection(), new RetentionSection(), new AlertSection(),
    ];

    private readonly SortedDictionary<string, IReportSectionBuilder> _others = new(StringComparer.Ordinal);

    /// <summary>How many objects were taken.</summary>
    public int Records { get; private set; }

    /// <summary>How many were refused, which nobody can judge.</summary>
    public int Refused { get; private set; }

    /// <summary>Takes one object.</summary>
    /// <exception cref="LettaDrException">It is none of LettaDr's, or cannot be read.</exception>
    public void Add(object item)
    {
        // Counted until it is taken, whatever is thrown on the way.
        Refused++;
        var type = item.GetType();
        if (!CanonicalJson.IsOurs(type) || item is Delegate or Enum or Exception or Secret)
        {
            throw new LettaDrException(
                "ObjectNotReportable", FaultKind.InvalidArgument, $"An object of type {type.FullName} is none that a report can hold.",
                "Pipe in what LettaDr's cmdlets write, as they write it: not through Select-Object, Format-Table, or a job of another process.");
        }

        try
        {
            if (!_known.Any(section => section.TryAdd(item)))
            {
                OtherOf(type).TryAdd(item);
            }
        }
        catch (Exception unreadable) when (unreadable is TargetInvocationException or NullReferenceException or ArgumentNullException)
        {
            throw new LettaDrException(
                "ObjectNotReadable", FaultKind.InvalidArgument, $"An object of type {type.FullName} cannot be read: parts of it are missing.",
                "Pipe in the object as the cmdlet wrote it.", null, unreadable);
        }

        Refused--;
        Records++;
    }

    /// <summary>The report of what was taken so far.</summary>
    /// <exception cref="LettaDrException">That is nothing.</exception>
    public DrReport Build()
    {
        var sections = _known.Concat(_others.Values).Select(section => section.Build()).OfType<ReportSection>().ToList();
        if (sections.Count == 0)
        {
            throw new LettaDrException(
                "NothingToReport", FaultKind.InvalidArgument, "There is no object to report on.",
                "Pipe in what LettaDr's cmdlets write, e.g. Get-LettaBackup, Test-LettaBackup or Measure-LettaRecoveryObjective.");
        }

        string[] deployments =
            [.. sections.SelectMany(section => section.Rows).Select(row => row.Deployment).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return new DrReport
        {
            Title = title ?? (deployments.Length is > 0 and < 4 ? $"Disaster recovery of {string.Join(", ", deployments)}" : "Disaster recovery report"),
            CreatedAt = createdAt, Machine = machine, Writer = Writer, Deployments = deployments, Sections = sections, Digest = DigestOf(sections),
            Refused = Refused,
        };
    }

    private static string DigestOf(IEnumerable<ReportSection> sections)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var digest in sections.SelectMany(section => section.Rows).Select(row => row.Sha256).Order(StringComparer.Ordinal))
        {
            sha.AppendData(Encoding.ASCII.GetBytes(digest + "\n"));
        }

        return Hex.Lower(sha.GetHashAndReset());
    }

    private IReportSectionBuilder OtherOf(Type type)
    {
        if (!_others.TryGetValue(type.Name, out var section))
        {
            _others.Add(type.Name, section = new OtherSection(type));
        }

        return section;
    }
}
