namespace LettaDr;

/// <summary>Where a plan's secrets are found.</summary>
internal static class PlanSecrets
{
    /// <summary>Those in environment variables, as <c>env:NAME</c>: jobs that a scheduler starts do not have them.</summary>
    public static IReadOnlyList<string> Variables(DrPlan plan) =>
    [
        .. new[] { plan.Deployment, plan.PassphraseFrom }
            .Concat(plan.Notifications.SelectMany(endpoint => new[] { endpoint.UrlFrom, endpoint.PasswordFrom }))
            .OfType<string>().Select(SecretLocation.Parse).Where(location => location is { Kind: SecretLocation.Place.Environment })
            .Select(location => location!.ToString()!).Distinct(StringComparer.Ordinal),
    ];
}
