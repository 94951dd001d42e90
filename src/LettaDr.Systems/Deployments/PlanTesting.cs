using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LettaDr.Systems;

/// <summary>Tests a plan: whether the file is one, and whether what it names is there.</summary>
/// <param name="discovery">Finds its deployment.</param>
internal sealed class PlanTesting(DeploymentDiscovery discovery)
{
    private static readonly string[] OfTheFile = ["PlanParses", "PlanMatchesSchema", "PlanIsCoherent"];

    /// <summary>Tests a file; each thing that is wrong with it has a result of its own, with its line and column.</summary>
    public async IAsyncEnumerable<CheckResult> RunAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var reading = DrPlanFile.Inspect(path);
        var stage = !reading.Parsed ? 0 : !reading.MatchesSchema ? 1 : 2;
        foreach (var result in OfFile(reading, stage, path, clock.Elapsed))
        {
            yield return result;
        }

        await foreach (var result in ResolveAsync(reading.Plan, path, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    /// <summary>Tests a plan at hand, however it was made.</summary>
    public async IAsyncEnumerable<CheckResult> RunAsync(DrPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var name in OfTheFile[..2])
        {
            yield return Result(name, plan.Name, Check.NotRun("A plan at hand was given, and no file.", "Give its file with -Path."));
        }

        List<PlanProblem> problems = [.. DrPlanRules.Problems(plan)];
        foreach (var result in Problems(OfTheFile[2], problems, plan.Name, null))
        {
            yield return result;
        }

        await foreach (var result in ResolveAsync(problems.Count == 0 ? plan : null, plan.Name, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    private static IEnumerable<CheckResult> OfFile(PlanReading reading, int stage, string path, TimeSpan took)
    {
        for (var i = 0; i < OfTheFile.Length; i++)
        {
            var results = i > stage
                ? [Result(OfTheFile[i], path, Check.NotRun($"{OfTheFile[stage]} failed.", "Correct what it tells first."))]
                : Problems(OfTheFile[i], i == stage ? reading.Problems : [], path, Path.GetFileName(path));
            foreach (var result in results)
            {
                yield return result with { Duration = i == stage ? took : TimeSpan.Zero };
            }
        }
    }

    private static IEnumerable<CheckResult> Problems(string name, IReadOnlyList<PlanProblem> problems, string target, string? file) => problems.Count == 0
        ? [Result(name, target, Check.Passed(Sentence(name)))]
        : problems.Select(problem => Result(name, target, Check.Failed(problem.Located(file), problem.Remedy)));

    private static string Sentence(string name) => name switch
    {
        "PlanParses" => "The file is YAML.",
        "PlanMatchesSchema" => "Every key is known, and every value has its form.",
        _ => "What the plan says does not contradict itself, and it holds no secret.",
    };

    private async IAsyncEnumerable<CheckResult> ResolveAsync(DrPlan? plan, string target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (string Name, Func<DrPlan, Task<Check>> Check)[] checks =
        [
            ("DeploymentResolves", known => DeploymentAsync(known, cancellationToken)),
            ("RepositoriesExist", known => Task.FromResult(Repositories(known))),
            ("CertificatesFound", known => Task.FromResult(Certificates(known))),
            ("SecretsReadable", known => Task.FromResult(Secrets(known))),
            ("RunbooksExist", known => Task.FromResult(Runbooks(known))),
        ];
        foreach (var (name, check) in checks)
        {
            yield return await Check.RunAsync(
                name, target,
                () => plan is null
                    ? Task.FromResult(Check.NotRun("The plan is not valid.", "Correct what the checks above tell first.")) : check(plan),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Check> DeploymentAsync(DrPlan plan, CancellationToken cancellationToken)
    {
        var found = await discovery.ResolveAsync(plan.ToReference(), cancellationToken).ConfigureAwait(false);
        var named = found.Name == plan.Name ? string.Empty
            : $" Its sets are kept as {found.Name}: name the plan so, and they are found even when the deployment is lost.";
        return Check.Passed($"It is {found.Name} with the database {found.Database}.{named}");
    }

    private static Check Repositories(DrPlan plan)
    {
        var lost = plan.Sites.FirstOrDefault(site => site.Repository is { } folder && !Directory.Exists(folder));
        if (lost is not null)
        {
            return Check.Failed($"There is no directory {lost.Repository}, the repository of the site {lost.Name}.", "Make it reachable from here, or correct its path.");
        }

        return Directory.Exists(plan.Repository) ? Check.Passed($"{plan.Repository} is there.")
            : Directory.Exists(Path.GetDirectoryName(plan.Repository)) ? Check.Passed($"{plan.Repository} is not there yet; the first backup makes it.")
            : Check.Failed($"Neither {plan.Repository} nor the directory above it is there.", "Make or mount it, or correct its path.");
    }

    private static Check Certificates(DrPlan plan)
    {
        var found = new CertificateFinder(Path.GetDirectoryName(plan.Path) ?? Environment.CurrentDirectory).Find(plan.Certificates.Select(text => new CertificateReference(text)));
        var expired = found.FirstOrDefault(certificate => certificate.NotAfter < DateTime.Now);
        return expired is null
            ? Check.Passed(found.Length == 0 ? "The plan names none." : $"{found.Length} found.")
            : Check.Failed($"The certificate {expired.Subject} has expired.", "Name one that is valid; keep the old one's key for the sets that it opens.");
    }

    private static Check Secrets(DrPlan plan)
    {
        List<string> references = [.. new[] { plan.PassphraseFrom, LocationOf(plan.Deployment) }
            .Concat(plan.Notifications.SelectMany(notification => new[] { LocationOf(notification.UrlFrom), notification.PasswordFrom })).OfType<string>()];
        references.ForEach(reference => SecretSource.Read(reference));
        return Check.Passed(references.Count == 0 ? "The plan names none." : $"{string.Join(", ", references)}: each is there for this user.");
    }

    private static Check Runbooks(DrPlan plan)
    {
        var documents = plan.Runbooks.Documents;
        var lost = documents.FirstOrDefault(document => !document.Location.Contains("://", StringComparison.Ordinal) && !File.Exists(document.Location));
        return lost is null
            ? Check.Passed(documents.Count == 0 ? "The plan names none." : $"{documents.Count} named; addresses are not asked.")
            : Check.Failed($"There is no file {lost.Location}, the runbook '{lost.Name}'.", "Put it there, or correct its location.");
    }

    private static string? LocationOf(string? text) => text is not null && SecretLocation.Parse(text) is not null ? text : null;

    private static CheckResult Result(string name, string target, Check ended) => new()
    {
        Name = name, Target = target, Outcome = ended.Outcome, Evidence = ended.Evidence, Remedy = ended.Remedy,
    };
}
