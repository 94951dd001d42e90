using System.Management.Automation;

namespace LettaDr.Module.Tests;

/// <summary>What a user sees of each object in a window of 100 columns.</summary>
public sealed class ViewTests : IDisposable
{
    private readonly Shell _shell = Objects.Shell();

    /// <summary>Objects shown as a table, and what must be readable in their rows.</summary>
    public static TheoryData<string, string> Tables => new()
    {
        { "$backup", "20261122T120000Z-a1b2c3|letta-production-eu|2026-11-22 12:00:00Z|1.4 GiB|database+cache|before" },
        { "$damaged", "20261122T120000Z-a1b2c3|letta-production-eu|Damaged" },
        { "$physical", "20261122T120000Z-a1b2c3|letta-production-eu|2026-11-22 12:00:00Z|1.4 GiB|incremental|hourly" },
        { "$walRetention", "7711258286940155925|1A/2B000028|3712|96|1.4 GiB|True|needed by 20261122T120000Z-a1b2c3" },
        { "$passed", "RestoredIdentical|Passed|20261122T120000Z-a1b2c3|49 of 49 tables" },
        { "$failed", "ServerAnswersRealQuery|Failed|GET http" },
        { "$kept", "20261122T120000Z-a1b2c3|2026-11-22 12:00:00Z|True|hourly 2026-11-22 12:00, daily" },
        { "$gone", "20261122T120000Z-a1b2c3|2026-11-22 12:00:00Z|False|removed" },
        { "$deployment", "letta-production-eu|letta@172.18.0.2:5432/letta|172.18.0.3:6379|http://172.18.0.4:8283/" },
        { "$deployment.Facts", "Database.Password|********|compose.yaml" },
        { "$deployment.Containers", "letta-production-eu-letta_db-1|letta_db|pgvector/pgvector:pg17|running|172.18.0.2" },
        { "$sandbox", "lettadr-sandbox-a1b2c3|2026-11-22 12:00:00Z|letta@172.18.0.2:5432/letta" },
        { "$step", "Apply settings and collect statistics|12.3|Passed|49 tables" },
        { "$difference", "rows|\"letta\".\"archival_passages\"|4000:|3999:" },
        { "$cleared.Kinds", "RunStream|3|7|1" },
        { "$session", "4711|letta|letta-production-eu-letta|172.18.0.4/32|idle in transaction|12:00:00Z" },
        { "$rebuilt", "letta.archival_passages_embedding_idx|Rebuilt|0.43|0.98|It was valid" },
        { "$restoredFile", "Replace|env_file of letta_server|settings/providers.env" },
        { "$configurationFile", "Encrypted|600|~/.letta of the server|_containers/letta_server" },
        { "$memory", "org-00000000-0000-4000|agent-0c9e4a1e-5a0f-4c39-8d6e-3b8a2f1d7c55|git fsck" },
        { "$planStep", "RestoreConfiguration|False|write 14 files to /srv/letta" },
        { "$recoveryTime", "Database|2:00:00|2:11:00|False" },
        { "$objective", "RPO|Configuration|1:00:00|3.04:03:00|12.00:00:00|Failed|No set holds what has changed" },
        { "$unmeasured", "RTO|System|4:00:00|2:03:00|NotRun|No journal tells" },
        { "$runbookStep", "StopWriters|stop the Letta server|Enter-LettaMaintenance" },
        { "$runbookStepResult", "Assess|Failed|12.3|Tables are damaged" },
        { "$damagedRelation", "letta.archival_passages|False|invalid page in block 7" },
        { "$drift", "Different|Variable|letta_server: OPENAI_API_KEY|hmac:0123456789ab|hmac:ba9876543210" },
        { "$walArchive", "letta-production-eu|Streaming|2026-11-22 12:00:00Z|4.3 s|16.0 MiB|1234|6.5 GiB|1" },
        { "$drill", "2026-11-22 12:00|DatabaseFailover|a copy|Passed|caught|126|letta-production-eu" },
        { "$due", "letta-production|DatabaseFailover|14 d|2026-11-22 12:00|Passed|2026-12-06 12:00|overdue" },
        { "$run", "letta-production|DatabaseFailover|Failed|2026-11-22 12:00:00Z|It had not ended" },
        { "$scheduled", "Last run (UTC)|Next run (UTC)|letta-production|DatabaseFailover|11 3 * * *|Failed|2026-11-22 12:00|2026-11-24 12:00" },
        { "$idle", "letta-production|Backup|7 * * * *|see Problem" },
        { "$item", "Pre|2|Failed|Confirm disaster recovery site|The disk is full." },
        { "$entry", "2026-11-22 12:00:00Z|12|During|1|Passed|ann@operations-1|Everybody" },
        { "$file", "database.pgdump|1.4 GiB|abab" },
    };

    /// <summary>Objects shown as a list.</summary>
    public static TheoryData<string, string> Lists => new()
    {
        { "$restored", "20261122T120000Z-a1b2c3|letta__before_20261122T121500Z-d4e5f6|49 of 49 tables identical, 522345 rows, 2.7 GiB, 1120 objects|0.00:17:00|00:02:05.5|none|12.3 s" },
        { "$recovered", "letta-production-eu|2026-11-22 12:00:00.000Z, 0/1267, timeline 2|0.00:17:00|49 tables identical at the copy, 522345 rows; 2.7 GiB of log|messages: 812 created, 3 changed|deleted research assistant|message-7d1c0b5e|2026-11-15 12:00:00.000Z (0/1A2B3C4D)|12.3 s" },
        { "$restorePoint", "before the upgrade to 0.16|2026-11-22 12:00:00.000000Z|0/1267|7412345678901234567" },
        { "$undone", "letta|20261122T120000Z-a1b2c3|2026-11-22 12:00:00Z|letta__undone_20261122T123000Z-0a1b2c" },
        { "$manifest", "20261122T120000Z-a1b2c3|letta-production-eu|before the upgrade to 0.16|17.5|522345|1250 keys of Redis 8.0.2, 1.4 MiB" },
        { "$clusterManifest", "20261122T120000Z-a1b2c3|1A/2B3C4D58|7711258286940155925 of PostgreSQL 17.5, 2.7 GiB|timeline 3|20261122T110000Z-0a1b2c|522345|pgvector/pgvector:pg17" },
        { "$deployment.Database", "172.18.0.2|5432|********" },
        { "$cleared", "letta-production-eu|172.18.0.3:6379|Stale|3 (RunStream 3)|12|00:00:01.25" },
        { "$maintenance", "letta-production-eu|True|2026-11-22 12:00:00Z|after the backup|172.18.0.2:5432/letta|letta_server-2|process 4711|Stop it yourself.|00:00:03.25" },
        { "$restoredCache", "172.18.0.3:6379 of letta-production-eu|20261122T120000Z-a1b2c3|0.00:17:00|00:00:05.5|1200 of 1250 keys, 50 expired, 1.4 MiB|on, and written to|/data/.lettadr-before-20261122T121500Z-d4e5f6|3 removed, 7 kept|12.3 s" },
        { "$configured", "letta-production-eu|20261122T120000Z-a1b2c3|/srv/letta|1 written, 0 unchanged, 1 in the set|.before-20261122T121500Z-d4e5f6|redis:8|Passed: 49 of 49|00:00:02.5" },
        { "$plan", "20261122T120000Z-a1b2c3|letta-production-eu|/srv/letta|1. RestoreConfiguration|2. RestoreCache (left out)|Port 5432 is taken" },
        { "$drPlan", "letta-production-eu|/srv/letta/compose.yaml|env:LETTADR_PASSPHRASE|database 02:00:00|24 hourly|each 92 d|Ada Example (incident commander)|none" },
        { "$systemRestored", "letta-production-eu|20261122T120000Z-a1b2c3|/srv/letta|02:15:00.0|20261122T121500Z-d4e5f6|49 of 49 tables identical|3 removed, 7 kept|52 agents in both, 1 that the API does not tell|2 passed, 1 failed, 0 not run|Database 2:11:00 of 2:00:00, missed|12.3 s" },
        { "$runbook", "DatabaseCorruption|StopWriters: stop the Letta server" },
        { "$assessment", "TablesDamaged|invalid page in block 7|RestoredIdentical Passed|letta.archival_passages" },
        { "$broughtBack", "letta_db, letta_server|RestoredIdentical Passed" },
        { "$runbookResult", "letta-production-eu|TablesDamaged|20261122T120000Z-a1b2c3|letta__before_20261122T121500Z-d4e5f6|0.00:17:00|Assess Failed, 12.3 s|00:02:05.5" },
        { "$proof", "Passed|49 of 49 tables identical." },
    };

    public void Dispose() => _shell.Dispose();

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_has_one_line_an_object(string expression, string readable)
    {
        var lines = Show(expression);

        Assert.Matches("^[A-Z]", lines[0]);
        Assert.Matches("^-+( +-+)*$", lines[1].TrimEnd());
        Assert.Equal(3, lines.Count);
        AssertReadable(lines, readable);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_has_its_labels_and_fits(string expression, string readable)
    {
        var lines = Show(expression);

        Assert.Matches("^[A-Za-z]+ +: ", lines[0]);
        AssertReadable(lines, readable);
    }

    [Fact]
    public void Many_objects_of_a_kind_stay_a_table()
    {
        var lines = Show("1..40 | ForEach-Object { $backup }");

        Assert.Equal(42, lines.Count);
        Assert.All(lines.Skip(2), line => Assert.StartsWith("20261122T120000Z-a1b2c3", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_public_kind_of_result_has_a_view_of_its_own()
    {
        var written = CmdletFacts.All.SelectMany(cmdlet => cmdlet.OutputType).Select(output => output.Type)
            .Where(type => type.Namespace == "LettaDr").Distinct();
        var views = System.Xml.Linq.XDocument.Load(Path.Combine(Path.GetDirectoryName(ModuleFiles.Manifest)!, "module", "LettaDr.Format.ps1xml"))
            .Descendants("TypeName").Select(name => name.Value).ToHashSet();

        Assert.All(written, type => Assert.Contains(type.FullName!, views));
    }

    [Fact]
    public void Every_view_is_of_a_type_that_there_is()
    {
        var views = System.Xml.Linq.XDocument.Load(Path.Combine(Path.GetDirectoryName(ModuleFiles.Manifest)!, "module", "LettaDr.Format.ps1xml"))
            .Descendants("TypeName").Select(name => name.Value);

        Assert.All(views, name => Assert.NotNull(_shell.Run($"'{name}' -as [type]").Single()));
    }

    private List<string> Show(string expression) =>
        [.. _shell.Show(expression).Clean().Text.Split('\n').Where(line => line.Trim().Length > 0).Select(line => line.TrimEnd())];

    private static void AssertReadable(List<string> lines, string readable)
    {
        var text = string.Join('\n', lines);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 100));
        Assert.All(readable.Split('|'), part => Assert.Contains(part, text, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Objects.Password, text, StringComparison.Ordinal);
        Assert.DoesNotContain("#", text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", text, StringComparison.Ordinal);
    }
}
