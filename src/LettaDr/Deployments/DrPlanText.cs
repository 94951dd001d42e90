using System.Globalization;
using System.Text.RegularExpressions;

namespace LettaDr;

/// <summary>Writes a plan file that people go on with: every section, what LettaDr's guide has written out, and what only people know as examples.</summary>
internal static partial class DrPlanText
{
    /// <summary>The file's text.</summary>
    /// <param name="name">The plan's name.</param>
    /// <param name="deployment">The deployment as the file is to name it; never with a password.</param>
    /// <param name="found">What was found there, for a comment; never with a password.</param>
    /// <param name="repository">The repository as the file is to name it.</param>
    /// <param name="schema">The schema's file for editors, as the plan is to name it; null for none.</param>
    public static string Write(string name, string deployment, string found, string repository, string? schema)
    {
        var (targets, retention, drills, runbooks) = (new RecoveryTargets(), new RetentionPolicy(), new DrTestFrequencies(), new RunbookReviews());
        return string.Create(CultureInfo.InvariantCulture, $"""
            {(schema is null ? string.Empty : $"# yaml-language-server: $schema={schema}\n")}# The disaster recovery plan of a Letta deployment. Get-Help about_LettaDrPlan explains every key; Test-LettaDrPlan checks the file.
            # Times are written with their units: 15m, 2h, 1h30m, 92d. Paths are relative to this file. No secret belongs in here.

            # What the plan is called. Sets are looked for under this name once the deployment itself is lost.
            name: {Scalar(name)}

            # The deployment: a Compose file or its folder, a Compose project, a container, a PostgreSQL URI without its password, or
            # env:NAME or file:PATH where a URI with its password is found. Found: {OneLine(found)}.
            deployment: {Scalar(deployment)}

            # The directory that keeps the sets.
            repository: {Scalar(repository)}

            # Who can open the secrets in sets: files of certificates or thumbprints, a passphrase, or both. Backup-LettaSystem needs one of them.
            # certificates:
            #   - operations.cer
            # passphraseFrom: file:~/.config/lettadr/passphrase   # or env:LETTADR_PASSPHRASE

            # The most that a recovery may take (rto) and lose (rpo), and how long a measured recovery time counts as evidence.
            objectives:
              rto:
                database: {PlanDuration.Format(targets.DatabaseRto)}
                server: {PlanDuration.Format(targets.ServerRto)}
                cache: {PlanDuration.Format(targets.CacheRto)}
                system: {PlanDuration.Format(targets.SystemRto)}
              rpo:
                database: {PlanDuration.Format(targets.DatabaseRpo)}
                messageQueue: {PlanDuration.Format(targets.MessageQueueRpo)}
                configuration: {PlanDuration.Format(targets.ConfigurationRpo)}
                system: {PlanDuration.Format(targets.SystemRpo)}
              testedWithin:
                component: {PlanDuration.Format(targets.ComponentTestedWithin)}
                system: {PlanDuration.Format(targets.SystemTestedWithin)}

            # Of how many hours, days, weeks and months the newest set is kept (Invoke-LettaRetention).
            retention:
              hourly: {retention.Hourly}
              daily: {retention.Daily}
              weekly: {retention.Weekly}
              monthly: {retention.Monthly}

            # How often each kind of recovery test is due.
            drills:
              fullRestore: {PlanDuration.Format(drills.FullRestore)}
              component: {PlanDuration.Format(drills.Component)}
              failover: {PlanDuration.Format(drills.Failover)}
              backupValidation: {PlanDuration.Format(drills.BackupValidation)}

            # Where the deployment can be brought up when its own site is lost.
            # sites:
            #   - name: second-site
            #     docker: unix:///run/second-site-docker.sock   # its Docker engine, e.g. forwarded by ssh
            #     repository: /mnt/second-site/letta-sets       # the copies of the sets, as this machine reaches them
            #     destination: /srv/letta                       # the folder there that the configuration is restored to

            # Who is needed in a disaster: your own people, the cloud provider's support, third parties.
            # contacts:
            #   - name: Ada Example
            #     role: incident commander
            #     phone: "+49 30 0000000"
            #     email: ada@example.org
            #     validatedOn: 2026-01-31   # when this was last found to be right

            # How stakeholders are told. The owner is one of the contacts.
            # communication:
            #   stakeholders: [customers, management]
            #   channels: [https://status.example.org]
            #   owner: Ada Example
            #   reviewedOn: 2026-01-31

            # Which runbooks there are, and how long a review of them, of the contacts and of the communication counts.
            runbooks:
              reviewedWithin: {PlanDuration.Format(runbooks.ReviewedWithin)}
              # documents:
              #   - name: Database corruption
              #     location: runbooks/database-corruption.md   # a file, or an address
              #     reviewedOn: 2026-01-31
              #     reviewer: Ada Example

            # Where alerts go: kind is webhook, slack, teams or smtp. Addresses of webhooks are secrets, and are found where urlFrom says.
            # notifications:
            #   - name: on-call
            #     kind: slack
            #     urlFrom: env:LETTADR_SLACK_URL
            #   - name: mail
            #     kind: smtp
            #     server: mail.example.org
            #     port: 587
            #     requireTls: true
            #     from: lettadr@example.org
            #     to: [operations@example.org]
            #     userName: lettadr
            #     passwordFrom: file:~/.config/lettadr/mail-password

            """);
    }

    /// <summary>A value as YAML reads it back: plain where nothing in it has a meaning of its own, else in quotes.</summary>
    internal static string Scalar(string value) => Plain().IsMatch(value) && !Meaningful().IsMatch(value)
        ? value
        : '"' + string.Concat(value.Select(letter => letter switch
        {
            '"' or '\\' => $"\\{letter}",
            _ when char.IsControl(letter) => $"\\u{(int)letter:x4}",
            _ => $"{letter}",
        })) + '"';

    private static string OneLine(string text) => string.Concat(text.Where(letter => !char.IsControl(letter)));

    [GeneratedRegex(@"^[\p{L}\p{N}_./~](?:[\p{L}\p{N}_./~@+-]|:(?=\S)| (?=[^\s#]))*\z")]
    private static partial Regex Plain();

    // What YAML, or an older one, takes for something other than a text.
    [GeneratedRegex(@"^(?:null|~|true|false|yes|no|on|off|y|n|[\d.][\d._eExXoOa-fA-F:-]*)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Meaningful();
}
